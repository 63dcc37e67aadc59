// The series of some forums in the order of ids, with these forums as editions.
// parameters: ids (list of entity ids)
// columns: see stream_series
// access: read
UNWIND $ids AS id
MATCH (f:Huitu:Forum {id: id})-[:EDITION_OF]->(s:Huitu:ForumSeries)
WITH s, f ORDER BY f.id
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, collect([f.id, f.name]) AS editions
ORDER BY id
