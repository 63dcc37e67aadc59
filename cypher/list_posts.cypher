// A page of the posts that documents give people: of a person, or at an organization or place; the latest told first.
// Denied and rejected claims give none.
// parameters: id (of a person, an organization or a place), status ('held', 'planned' or null for both), date_from, date_to
//   (YYYY-MM-DD or null: told of these days), title (or null: only titles that hold these words), dated (number), person,
//   organization, role (key of the last row seen; below all and '' for the first page), limit, evidence (claims a post)
// columns: total (integer), items (list of {person, organization ({id, type, name}), role (may be null), held (whether a
//   document says so, not only that it is planned), documents, first_date, last_date, claims (ids), dated})
// access: read
MATCH (:Huitu:Entity {id: $id})<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim {relation: 'AFFILIATED_WITH'})
WHERE c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
  AND ($title IS NULL OR c.role CONTAINS $title)
WITH DISTINCT c
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(p:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
MATCH (d:Document)-[:STATES]->(c)
WITH p, o, c, d ORDER BY CASE c.modality WHEN 'held' THEN 0 ELSE 1 END, c.confidence DESC, coalesce(d.date, '9'), c.id
WITH p, o, c.role AS role, 'held' IN collect(c.modality) AS held, count(DISTINCT coalesce(d.cluster, d.id)) AS documents,
  min(coalesce(c.date_from, d.date)) AS first_date, max(coalesce(c.date_to, d.date)) AS last_date, collect(c.id) AS claims
WITH p, o, role, held, documents, first_date, last_date, claims,
  -toInteger(replace(coalesce(last_date, '0'), '-', '')) AS dated
WHERE ($status IS NULL OR $status = CASE WHEN held THEN 'held' ELSE 'planned' END)
  AND ($date_from IS NULL OR last_date >= $date_from) AND ($date_to IS NULL OR first_date <= $date_to)
WITH collect({
  person: {id: p.id, type: p.type, name: p.name}, organization: {id: o.id, type: o.type, name: o.name}, role: role,
  held: held, documents: documents, first_date: first_date, last_date: last_date, claims: claims[..$evidence], dated: dated
}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each, [each.dated, each.person.id, each.organization.id, coalesce(each.role, '')] AS key
  WHERE key > [$dated, $person, $organization, $role]
  WITH each, key ORDER BY key LIMIT $limit
  RETURN each
} AS items
