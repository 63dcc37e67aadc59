// A page of the claims that speak of an entity, the latest document first.
// parameters: id, relations (list), modalities (list), date and claim (of the last row seen; '9' and '' for the
//   first page), limit
// columns: see read_edge_claims
// access: read
MATCH (:Huitu:Entity {id: $id})<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.relation IN $relations AND c.modality IN $modalities
WITH DISTINCT c
MATCH (d:Document)-[:STATES]->(c)
WITH c, d, coalesce(d.date, '') AS dated
WHERE dated < $date OR (dated = $date AND c.id > $claim)
WITH c, d, dated
ORDER BY dated DESC, c.id
LIMIT $limit
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
OPTIONAL MATCH (c)-[:AT]->(:Mention)-[:DENOTES]->(f:Entity)
RETURN properties(c) AS claim,
  {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  {id: s.id, type: s.type, name: s.name} AS subject, {id: o.id, type: o.type, name: o.name} AS object,
  CASE WHEN f IS NULL THEN null ELSE {id: f.id, type: f.type, name: f.name} END AS at
ORDER BY coalesce(d.date, '') DESC, c.id
