// A page of the claims that speak of an entity in the order of their days; a claim without one counts with its document's,
// without any it comes last.
// parameters: id, relations (list), modalities (list), date_from, date_to (YYYY-MM-DD or null), latest_first (boolean), dated,
//   claim (key of the last row seen; for the first page '' and '', or '~' and '' when the latest come first), limit
// columns: total (integer), items (list of {claim (id), dated}, in the order asked for)
// access: read
MATCH (:Huitu:Entity {id: $id})<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT|AT]-(c:Claim)
WHERE c.relation IN $relations AND c.modality IN $modalities AND coalesce(c.status, '') <> 'rejected'
WITH DISTINCT c
MATCH (d:Document)-[:STATES]->(c)
WITH c, coalesce(c.date_from, d.date, CASE WHEN $latest_first THEN '' ELSE '9' END) AS dated,
  coalesce(c.date_to, d.date) AS ended
WHERE ($date_from IS NULL OR ended >= $date_from) AND ($date_to IS NULL OR (dated <= $date_to AND dated <> ''))
WITH collect({c: c, dated: dated}) AS found
RETURN size(found) AS total, CASE WHEN $latest_first
  THEN COLLECT {
    UNWIND found AS each
    WITH each.c AS c, each.dated AS dated
    WHERE dated < $dated OR (dated = $dated AND c.id > $claim)
    WITH c, dated ORDER BY dated DESC, c.id LIMIT $limit
    RETURN {claim: c.id, dated: dated}
  }
  ELSE COLLECT {
    UNWIND found AS each
    WITH each.c AS c, each.dated AS dated
    WHERE [dated, c.id] > [$dated, $claim]
    WITH c, dated ORDER BY dated, c.id LIMIT $limit
    RETURN {claim: c.id, dated: dated}
  }
END AS items
