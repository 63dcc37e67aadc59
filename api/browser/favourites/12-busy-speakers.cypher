// 在多个论坛发言的人 · People who spoke at more than one forum
MATCH (p:Huitu:Person)-[:SPEAKER_AT]->(f:Forum)
WITH p, collect(DISTINCT f.name) AS forums
WHERE size(forums) > 1
RETURN p.name AS person, size(forums) AS count, forums
ORDER BY count DESC, person
