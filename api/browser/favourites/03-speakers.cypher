// 谁在哪里发言 · Who spoke where, best supported first
MATCH (p:Huitu:Person)-[r:SPEAKER_AT]->(f:Forum)
RETURN p.name AS person, f.name AS forum, r.roles AS roles, r.first_date AS date, r.support AS texts, r.quote AS quote
ORDER BY texts DESC, forum, person
LIMIT 50
