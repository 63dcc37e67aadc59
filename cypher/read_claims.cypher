// Claims by their ids.
// parameters: ids (list)
// columns: see read_edge_claims
// access: read
UNWIND $ids AS id
MATCH (c:Huitu:Claim {id: id})
MATCH (d:Document)-[:STATES]->(c)
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
OPTIONAL MATCH (c)-[:AT]->(:Mention)-[:DENOTES]->(f:Entity)
RETURN properties(c) AS claim,
  {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  {id: s.id, type: s.type, name: s.name} AS subject, {id: o.id, type: o.type, name: o.name} AS object,
  CASE WHEN f IS NULL THEN null ELSE {id: f.id, type: f.type, name: f.name} END AS at
ORDER BY c.id
