// Takes keys as resolved and holds them until the transaction ends.
// parameters: ids (list of key ids, sorted)
// columns: none
// access: write
UNWIND $ids AS id
MATCH (k:Huitu:Key {id: id})
SET k.type = k.type
REMOVE k:Unresolved
