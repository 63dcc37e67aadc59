// A page of documents with what they state, the latest first: by publication or by when they were first loaded.
// parameters: by ('published' or 'loaded'), since (YYYY-MM-DD or null), entity (id: only documents that name it, or null),
//   relations (list: only documents that state one of these), time, id (key of the last row seen; '~' and '' for the first page),
//   limit, shown (claims a document)
// columns: document {id, key, title, date, source, url}, loaded (ISO 8601), time (by which they are sorted), claims (ids, of
//   those relations, the most confident first)
// access: read
CALL () {
  WITH * WHERE $entity IS NULL
  MATCH (d:Huitu:Document)
  RETURN d
  UNION
  MATCH (:Huitu:Entity {id: $entity})<-[:DENOTES]-(:Mention)<-[:MENTIONS]-(d:Document)
  RETURN DISTINCT d
}
WITH d, CASE $by WHEN 'published' THEN coalesce(d.date, '') ELSE toString(d.ingested_at) END AS time
WHERE ($since IS NULL OR time >= $since) AND (time < $time OR (time = $time AND d.id > $id))
// In order, so that only as many documents as are wanted need be asked for what they state.
WITH d, time ORDER BY time DESC, d.id
WHERE EXISTS {
  MATCH (d)-[:STATES]->(c:Claim)
  WHERE c.relation IN $relations AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
}
WITH d, time ORDER BY time DESC, d.id LIMIT $limit
RETURN {id: d.id, key: d.key, title: d.title, date: d.date, source: d.source, url: d.url} AS document,
  toString(d.ingested_at) AS loaded, time, COLLECT {
    MATCH (d)-[:STATES]->(c:Claim)
    WHERE c.relation IN $relations AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
      AND ($entity IS NULL OR EXISTS { (c)-[:SUBJECT|OBJECT|AT]->(:Mention)-[:DENOTES]->(:Entity {id: $entity}) })
    RETURN c.id ORDER BY c.confidence DESC, c.id LIMIT $shown
  } AS claims
ORDER BY time DESC, d.id
