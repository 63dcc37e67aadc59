// Entities by id, in the order of their ids.
// parameters: ids (list)
// columns: id, type, name, aliases, documents
// access: read
MATCH (e:Huitu:Entity)
WHERE e.id IN $ids
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents
ORDER BY id
