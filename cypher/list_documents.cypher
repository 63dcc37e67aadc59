// A page of documents, the latest first; those without a date come last.
// parameters: source (or null), date_from, date_to (YYYY-MM-DD or null), date and id (of the last row seen; '9' and ''
//   for the first page), limit
// columns: id, key, title, date, source, url, claims, entities
// access: read
MATCH (d:Huitu:Document)
WITH d, coalesce(d.date, '') AS dated
WHERE ($source IS NULL OR d.source = $source)
  AND ($date_from IS NULL OR d.date >= $date_from) AND ($date_to IS NULL OR d.date <= $date_to)
  AND (dated < $date OR (dated = $date AND d.id > $id))
WITH d, dated
ORDER BY dated DESC, d.id
LIMIT $limit
RETURN d.id AS id, d.key AS key, d.title AS title, d.date AS date, d.source AS source, d.url AS url,
  COUNT { (d)-[:STATES]->() } AS claims,
  COUNT { MATCH (d)-[:MENTIONS]->()-[:DENOTES]->(e) RETURN DISTINCT e } AS entities
ORDER BY dated DESC, id
