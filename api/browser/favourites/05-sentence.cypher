// 边后面的句子 · The sentence behind an edge
MATCH (d:Huitu:Document)-[:STATES]->(c:Claim {relation: 'CO_HOSTED_BY'})
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(f:Forum)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
RETURN f.name AS forum, o.name AS co_host, c.quote AS sentence, c.confidence AS confidence, d.title AS document, d.date AS date
ORDER BY confidence DESC, forum, co_host
LIMIT 50
