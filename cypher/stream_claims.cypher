// The claims that connect two entities of a selection, denied and rejected ones too, in the order of ids.
// `id >= ''`: see stream_entities.
// parameters: see stream_entities: types, relations, dated, date_from, date_to, last, revision
// columns: see read_edge_claims
// access: read
MATCH (c:Huitu:Claim)
WHERE c.id >= '' AND c.relation IN $relations
MATCH (d:Document)-[:STATES]->(c)
WHERE NOT $dated
  OR (coalesce(c.date_from, d.date) <= $date_to AND coalesce(c.date_to, d.date) >= $date_from)
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE s.type IN $types AND o.type IN $types AND s.added_in <= $revision AND o.added_in <= $revision
  AND ($last IS NULL OR (s.id <= $last AND o.id <= $last))
WITH c, d, s, o, c.id AS id
ORDER BY id
OPTIONAL MATCH (c)-[:AT]->(:Mention)-[:DENOTES]->(f:Entity)
RETURN properties(c) AS claim,
  {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  {id: s.id, type: s.type, name: s.name} AS subject, {id: o.id, type: o.type, name: o.name} AS object,
  CASE WHEN f IS NULL THEN null ELSE {id: f.id, type: f.type, name: f.name} END AS at
