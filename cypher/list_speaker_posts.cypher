// The posts of people that documents tell: those of documents that speak of their speech at a forum, and the others.
// parameters: forum (id), people (list of ids), limit (posts told elsewhere, a person: those told nearest to a day), day (YYYY-MM-DD,
//   or null)
// columns: person, organization ({id, type, name}), role (may be null), beside (whether a document on the speech says so),
//   held, documents, first_date, last_date, claims (ids)
// access: read
UNWIND $people AS id
MATCH (p:Huitu:Person {id: id})
CALL (p) {
  MATCH (p)<-[:DENOTES]-(m:Mention)<-[:SUBJECT]-(c:Claim {relation: 'AFFILIATED_WITH'})
  WHERE c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
  MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
  MATCH (d:Document)-[:STATES]->(c)
  WITH c, o, d, EXISTS {
    MATCH (m)<-[:SUBJECT]-(s:Claim {relation: 'SPEAKER_AT'})-[:OBJECT]->(:Mention)-[:DENOTES]->(:Forum {id: $forum})
    WHERE s.modality <> 'denied' AND coalesce(s.status, '') <> 'rejected'
  } AS beside
  ORDER BY CASE c.modality WHEN 'held' THEN 0 ELSE 1 END, c.confidence DESC, coalesce(d.date, '9'), c.id
  WITH o, c.role AS role, beside, 'held' IN collect(c.modality) AS held,
    count(DISTINCT coalesce(d.cluster, d.id)) AS documents, min(coalesce(c.date_from, d.date)) AS first_date,
    max(coalesce(c.date_to, d.date)) AS last_date, collect(c.id)[..3] AS claims
  WITH o, role, beside, held, documents, first_date, last_date, claims, CASE
    WHEN $day IS NULL OR first_date IS NULL THEN 1000000
    WHEN first_date > $day THEN duration.inDays(date($day), date(first_date)).days
    WHEN last_date < $day THEN duration.inDays(date(last_date), date($day)).days
    ELSE 0
  END AS away
  ORDER BY beside DESC, away, documents DESC, o.id, role
  WITH collect({
    organization: {id: o.id, type: o.type, name: o.name}, role: role, beside: beside, held: held, documents: documents,
    first_date: first_date, last_date: last_date, claims: claims
  }) AS posts
  WITH [post IN posts WHERE post.beside] AS told, [post IN posts WHERE NOT post.beside] AS elsewhere
  UNWIND CASE WHEN told = [] THEN elsewhere[..$limit] ELSE told END AS post
  RETURN post
}
RETURN {id: p.id, type: p.type, name: p.name} AS person, post.organization AS organization, post.role AS role,
  post.beside AS beside, post.held AS held, post.documents AS documents, post.first_date AS first_date,
  post.last_date AS last_date, post.claims AS claims
