// The edges between pairs of entities as the claims that connect them give them. Support counts the documents that say
// it took place, reprints of one text once; where claims only deny, there is no edge, and a rejected claim says nothing.
// The quote is that of the best claim: held before planned, then the most confident, then the earliest document. A claim
// without a date counts with its document's. Roles come in no order.
// parameters: pairs (list of {a, b}, entity ids, a < b), symmetric (list of relationship types)
// columns: head, relation, tail, properties
// access: read
UNWIND $pairs AS pair
MATCH (a:Huitu:Entity {id: pair.a})
MATCH (b:Huitu:Entity {id: pair.b})
// From the end that fewer documents name: the other may be named by all of them.
WITH a, b, COUNT { (a)<-[:DENOTES]-() } <= COUNT { (b)<-[:DENOTES]-() } AS a_is_rarer
WITH CASE WHEN a_is_rarer THEN a ELSE b END AS near, collect(CASE WHEN a_is_rarer THEN b ELSE a END) AS others
CALL (near, others) {
  MATCH (near)<-[:DENOTES]-(m:Mention)
  MATCH (m)<-[:SUBJECT|OBJECT]-(c:Claim)
  WHERE coalesce(c.status, '') <> 'rejected'
  WITH DISTINCT c, near, others
  MATCH (c)-[:SUBJECT]->(sm:Mention)
  MATCH (c)-[:OBJECT]->(om:Mention)
  WITH c, sm, om, near, others
  MATCH (sm)-[:DENOTES]->(s:Entity)
  MATCH (om)-[:DENOTES]->(o:Entity)
  WITH c, s, o, near, others
  WHERE (s = near AND o IN others) OR (o = near AND s IN others)
  RETURN c,
    CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN o ELSE s END AS head,
    CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN s ELSE o END AS tail
}
MATCH (d:Document)-[:STATES]->(c)
WITH head, tail, c, d, coalesce(d.cluster, d.id) AS text,
  CASE c.modality WHEN 'held' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END AS doubt
ORDER BY doubt, c.confidence DESC, coalesce(d.date, '9'), c.id
WITH head, tail, c.relation AS relation, count(*) AS claims,
  count(DISTINCT CASE WHEN doubt = 0 THEN text END) AS support,
  count(DISTINCT CASE WHEN doubt = 1 THEN text END) AS planned,
  count(DISTINCT CASE WHEN doubt = 2 THEN text END) AS denied,
  max(CASE WHEN doubt < 2 THEN c.confidence END) AS confidence,
  collect(DISTINCT CASE WHEN doubt < 2 THEN c.role END) AS roles,
  min(CASE WHEN doubt < 2 THEN coalesce(c.date_from, d.date) END) AS first_date,
  max(CASE WHEN doubt < 2 THEN coalesce(c.date_to, d.date) END) AS last_date,
  collect({quote: c.quote, document: d.id})[0] AS best
WHERE support + planned > 0
RETURN head.id AS head, relation, tail.id AS tail, {
  support: support, planned: planned, denied: denied, claims: claims, confidence: confidence,
  roles: roles, first_date: first_date, last_date: last_date, quote: best.quote, document_id: best.document
} AS properties
