// The pairs of entities that claims of documents connect, each pair once, the smaller id first.
// parameters: ids (list of document ids)
// columns: a, b (entity ids, a < b)
// access: read
MATCH (d:Huitu:Document)-[:STATES]->(c:Claim)
WHERE d.id IN $ids
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE s.id <> o.id
RETURN DISTINCT
  CASE WHEN s.id < o.id THEN s.id ELSE o.id END AS a,
  CASE WHEN s.id < o.id THEN o.id ELSE s.id END AS b
ORDER BY a, b
