// The best claims behind each edge: held first, then planned, then denied; then the most confident. Rejected
// claims say nothing.
// parameters: edges (list of {head, tail, relation, symmetric}), limit (claims an edge)
// columns: edge (its place in the list), claim (all properties), document {id, key, title, date, source, url},
//   subject, object, at ({id, type, name}; at may be null)
// access: read
UNWIND range(0, size($edges) - 1) AS edge
WITH edge, $edges[edge] AS wanted
MATCH (h:Huitu:Entity {id: wanted.head})
MATCH (t:Huitu:Entity {id: wanted.tail})
// From the end that fewer documents name: the other may be named by all of them.
WITH edge, wanted, h, t,
  CASE WHEN COUNT { (h)<-[:DENOTES]-() } <= COUNT { (t)<-[:DENOTES]-() } THEN h ELSE t END AS near
CALL (near, h, t, wanted) {
  MATCH (near)<-[:DENOTES]-(m:Mention)
  MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
  WHERE c.relation = wanted.relation AND coalesce(c.status, '') <> 'rejected'
  WITH DISTINCT c, h, t, wanted
  MATCH (c)-[:SUBJECT]->(sm:Mention)
  MATCH (c)-[:OBJECT]->(om:Mention)
  WITH c, sm, om, h, t, wanted
  MATCH (sm)-[:DENOTES]->(s:Entity)
  MATCH (om)-[:DENOTES]->(o:Entity)
  WITH c, s, o, h, t, wanted
  WHERE (s = h AND o = t) OR (wanted.symmetric AND s = t AND o = h)
  RETURN c, s, o
}
WITH edge, c, s, o, CASE c.modality WHEN 'held' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END AS doubt
ORDER BY edge, doubt, c.confidence DESC, c.id
WITH edge, collect({c: c, s: s, o: o})[..$limit] AS best
UNWIND range(0, size(best) - 1) AS place
WITH edge, place, best[place].c AS c, best[place].s AS s, best[place].o AS o
MATCH (d:Document)-[:STATES]->(c)
OPTIONAL MATCH (c)-[:AT]->(:Mention)-[:DENOTES]->(f:Entity)
RETURN edge, properties(c) AS claim,
  {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  {id: s.id, type: s.type, name: s.name} AS subject, {id: o.id, type: o.type, name: o.name} AS object,
  CASE WHEN f IS NULL THEN null ELSE {id: f.id, type: f.type, name: f.name} END AS at
ORDER BY edge, place
