// The best claims behind each edge: held first, then planned, then denied; then the most confident.
// parameters: edges (list of {head, tail, relation, symmetric}), limit (claims an edge)
// columns: edge (its place in the list), claim (all properties), document {id, key, title, date, source, url},
//   subject, object, at ({id, type, name}; at may be null)
// access: read
UNWIND range(0, size($edges) - 1) AS edge
WITH edge, $edges[edge] AS wanted
MATCH (h:Huitu:Entity {id: wanted.head})
MATCH (t:Huitu:Entity {id: wanted.tail})
CALL (h, t, wanted) {
  MATCH (h)<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(:Mention)-[:DENOTES]->(t)
  WHERE c.relation = wanted.relation
  RETURN c, h AS s, t AS o
  UNION
  MATCH (t)<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(:Mention)-[:DENOTES]->(h)
  WHERE wanted.symmetric AND c.relation = wanted.relation
  RETURN c, t AS s, h AS o
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
