// Entities in passing.
// parameters: ids (list of entity ids)
// columns: id, type, name
// access: read
UNWIND $ids AS id
MATCH (e:Huitu:Entity {id: id})
RETURN e.id AS id, e.type AS type, e.name AS name
