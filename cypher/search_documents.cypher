// A page of the documents whose headline or text a full-text query finds, the latest first.
// parameters: query (Lucene), and those of list_documents
// columns: total (integer), items (list of what list_documents lists)
// access: read
CALL db.index.fulltext.queryNodes('huitu_document_text', $query) YIELD node AS d
WITH d, coalesce(d.date, '') AS dated
WHERE d:Document AND ($source IS NULL OR d.source = $source)
  AND ($date_from IS NULL OR d.date >= $date_from) AND ($date_to IS NULL OR d.date <= $date_to)
WITH collect({d: d, dated: dated}) AS hits
WITH hits, size(hits) AS total
RETURN total, COLLECT {
  UNWIND hits AS hit
  WITH hit.d AS d, hit.dated AS dated
  WHERE dated < $date OR (dated = $date AND d.id > $id)
  WITH d, dated ORDER BY dated DESC, d.id LIMIT $limit
  RETURN {
    id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url,
    claims: COUNT { (d)-[:STATES]->() },
    entities: COUNT { MATCH (d)-[:MENTIONS]->()-[:DENOTES]->(e) RETURN DISTINCT e }
  }
} AS items
