// The entities that documents name, before their content is replaced or removed.
// parameters: ids (list of document ids)
// columns: id, type, name
// access: read
MATCH (d:Huitu:Document)-[:MENTIONS]->(:Mention)-[:DENOTES]->(e:Entity)
WHERE d.id IN $ids
RETURN DISTINCT e.id AS id, e.type AS type, e.name AS name
ORDER BY id
