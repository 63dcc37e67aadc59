// The claims that connect two of some entities, in the order of ids.
// parameters: ids (list), relations (list), dated (boolean), date_from, date_to
// columns: see read_edge_claims
// access: read
UNWIND $ids AS id
MATCH (s:Huitu:Entity {id: id})<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim)
WHERE c.relation IN $relations
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE o.id IN $ids
MATCH (d:Document)-[:STATES]->(c)
WHERE NOT $dated
  OR (coalesce(c.date_from, d.date) <= $date_to AND coalesce(c.date_to, d.date) >= $date_from)
OPTIONAL MATCH (c)-[:AT]->(:Mention)-[:DENOTES]->(f:Entity)
RETURN properties(c) AS claim,
  {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  {id: s.id, type: s.type, name: s.name} AS subject, {id: o.id, type: o.type, name: o.name} AS object,
  CASE WHEN f IS NULL THEN null ELSE {id: f.id, type: f.type, name: f.name} END AS at
ORDER BY c.id
