// Makes sure keys that mentions tie are there, marks them for resolution and holds them until the transaction ends.
// parameters: rows (list of {id, type}, sorted by id)
// columns: id, entity (id of the entity it denotes, or null before it was resolved)
// access: write
UNWIND $rows AS row
MERGE (k:Huitu:Key {id: row.id})
SET k.type = row.type, k:Unresolved
RETURN k.id AS id, k.entity AS entity
