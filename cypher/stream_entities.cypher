// Every entity in the order of ids, up to a limit.
// parameters: limit
// columns: id, type, name, aliases, documents
// access: read
MATCH (e:Huitu:Entity)
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents
ORDER BY id
LIMIT $limit
