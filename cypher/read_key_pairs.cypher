// The pairs of entities that claims on mentions of keys connect, each pair once, the smaller id first.
// parameters: keys (list of entity ids)
// columns: a, b (entity ids, a < b)
// access: read
UNWIND $keys AS key
MATCH (m:Huitu:Mention {key: key})<-[:SUBJECT|OBJECT]-(c:Claim)
WITH DISTINCT c
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE s.id <> o.id
RETURN DISTINCT
  CASE WHEN s.id < o.id THEN s.id ELSE o.id END AS a,
  CASE WHEN s.id < o.id THEN o.id ELSE s.id END AS b
ORDER BY a, b
