// 谁和谁一起办会 · Who hosts with whom
MATCH path = (a:Huitu:Organization)<-[:HOSTED_BY|CO_HOSTED_BY]-(f:Forum)-[:HOSTED_BY|CO_HOSTED_BY]->(b:Organization)
WHERE a.id < b.id
RETURN path
LIMIT 50
