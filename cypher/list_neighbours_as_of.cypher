// The edges of an entity as the claims give them that were known and whose facts had come about by some days.
// A document is known from its publication on, one without a date from the day it was first loaded; a claim without a
// date counts with its document's.
// parameters: id, relations (list), symmetric (list of relationship types), true_on (day, or null), known_on (day, or
//   null)
// columns: see list_neighbours
// access: read
MATCH (e:Huitu:Entity {id: $id})<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.relation IN $relations AND coalesce(c.status, '') <> 'rejected'
WITH DISTINCT e, c
MATCH (d:Document)-[:STATES]->(c)
WHERE ($known_on IS NULL OR coalesce(d.date, toString(date(d.ingested_at))) <= $known_on)
  AND ($true_on IS NULL OR coalesce(c.date_from, d.date, toString(date(d.ingested_at))) <= $true_on)
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE s <> o
WITH e, c, d, coalesce(d.cluster, d.id) AS text,
  CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN o ELSE s END AS head,
  CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN s ELSE o END AS tail,
  CASE c.modality WHEN 'held' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END AS doubt
ORDER BY doubt, c.confidence DESC, coalesce(d.date, '9'), c.id
WITH e, head, tail, c.relation AS relation, count(*) AS claims,
  count(DISTINCT CASE WHEN doubt = 0 THEN text END) AS support,
  count(DISTINCT CASE WHEN doubt = 1 THEN text END) AS planned,
  count(DISTINCT CASE WHEN doubt = 2 THEN text END) AS denied,
  max(CASE WHEN doubt < 2 THEN c.confidence END) AS confidence,
  collect(DISTINCT CASE WHEN doubt < 2 THEN c.role END) AS roles,
  min(CASE WHEN doubt < 2 THEN coalesce(c.date_from, d.date) END) AS first_date,
  max(CASE WHEN doubt < 2 THEN coalesce(c.date_to, d.date) END) AS last_date,
  collect({quote: c.quote, document: d.id})[0] AS best
WHERE support + planned > 0
WITH head, tail, relation, CASE WHEN head = e THEN tail ELSE head END AS n,
  CASE WHEN head = e THEN 'out' ELSE 'in' END AS direction, {
    support: support, planned: planned, denied: denied, claims: claims, confidence: confidence,
    roles: COLLECT { UNWIND roles AS role RETURN role ORDER BY role },
    first_date: first_date, last_date: last_date, quote: best.quote, document_id: best.document
  } AS edge
RETURN head.id AS head, relation, tail.id AS tail, direction, edge,
  {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents} AS neighbour
ORDER BY edge.support DESC, relation, n.id, direction
