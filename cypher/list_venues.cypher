// Where and when documents say that a forum was held, or was to be; what they deny is left out.
// parameters: id (of a forum, or null for all)
// columns: forum ({id, type, name}), claims (list of {id, relation, place ({id, name}, or null), date_from, date_to,
//   date_precision, document (key)})
// access: read
CALL () {
  WITH * WHERE $id IS NULL
  MATCH (f:Huitu:Forum)
  RETURN f
  UNION
  MATCH (f:Huitu:Forum {id: $id})
  RETURN f
}
WITH f WHERE f.documents > 1
MATCH (f)<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim)
WHERE c.relation IN ['HELD_IN', 'HOSTED_BY'] AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
WITH DISTINCT f, c
MATCH (d:Document)-[:STATES]->(c)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WITH f, c, d, CASE WHEN c.relation = 'HELD_IN' THEN {id: o.id, name: o.name} END AS place
ORDER BY c.id
WITH f, collect({
  id: c.id, relation: c.relation, place: place, date_from: c.date_from, date_to: c.date_to,
  date_precision: c.date_precision, document: d.key
}) AS claims
WHERE size(claims) > 1
RETURN {id: f.id, type: f.type, name: f.name} AS forum, claims
ORDER BY f.id
