// Marks those of the keys that are there for resolution and holds them until the transaction ends; makes none.
// parameters: ids (list of key ids)
// columns: id, entity (id of the entity it denotes, or null before it was resolved)
// access: write
UNWIND $ids AS id
MATCH (k:Huitu:Key {id: id})
SET k.type = k.type, k:Unresolved
RETURN k.id AS id, k.entity AS entity
