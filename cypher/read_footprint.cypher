// The entities that documents name, before their content is replaced or removed.
// parameters: ids (list of document ids)
// columns: id, type, name of each entity, series (id of the one of which it is an edition, or null)
// access: read
MATCH (d:Huitu:Document)-[:MENTIONS]->(:Mention)-[:DENOTES]->(e:Entity)
WHERE d.id IN $ids
WITH DISTINCT e
OPTIONAL MATCH (e)-[:EDITION_OF]->(s:ForumSeries)
RETURN e.id AS id, e.type AS type, e.name AS name, s.id AS series
ORDER BY id
