// When forums took or take place, as claims on their hosts and places say; each with the claims that say so.
// parameters: ids (list of forums), evidence (claims each)
// columns: forum (id), date_from, date_to, date_precision, held (or only planned), documents, claims (ids)
// access: read
UNWIND $ids AS id
MATCH (f:Huitu:Forum {id: id})<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim)
WHERE c.relation IN ['HELD_IN', 'HOSTED_BY', 'CO_HOSTED_BY', 'ORGANIZED_BY', 'SUPPORTED_BY'] AND c.date_from IS NOT NULL
  AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
WITH DISTINCT f, c
MATCH (d:Document)-[:STATES]->(c)
WITH f, c, d ORDER BY CASE c.modality WHEN 'held' THEN 0 ELSE 1 END, c.confidence DESC, coalesce(d.date, '9'), c.id
WITH f.id AS forum, c.date_from AS date_from, c.date_to AS date_to, c.date_precision AS date_precision,
  'held' IN collect(c.modality) AS held, count(DISTINCT coalesce(d.cluster, d.id)) AS documents,
  collect(c.id)[..$evidence] AS claims
RETURN forum, date_from, date_to, date_precision, held, documents, claims
ORDER BY forum, held DESC, documents DESC, CASE date_precision WHEN 'day' THEN 0 WHEN 'month' THEN 1 ELSE 2 END,
  date_from, date_to
