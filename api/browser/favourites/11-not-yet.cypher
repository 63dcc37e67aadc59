// 计划中的和被否认的 · What is planned, and what others deny
MATCH (a:Huitu:Entity)-[r]->(b:Entity)
WHERE r.planned > 0 OR r.denied > 0
RETURN a.name AS head, type(r) AS relation, b.name AS tail, r.support AS held, r.planned AS planned, r.denied AS denied, r.quote AS quote
ORDER BY denied DESC, planned DESC, head, relation, tail
LIMIT 50
