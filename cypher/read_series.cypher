// Series of forums in the order of their ids, with their editions in the order of theirs.
// parameters: ids (list of entity ids: only their series and only these editions; null for all)
// columns: id, name, aliases, editions (list of entity ids)
// access: read
MATCH (f:Huitu:Forum)-[:EDITION_OF]->(s:Huitu:ForumSeries)
WHERE $ids IS NULL OR f.id IN $ids
WITH s, f ORDER BY f.id
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, collect(f.id) AS editions
ORDER BY id
