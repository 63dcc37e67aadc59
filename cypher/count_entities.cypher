// How many entities list_entities lists over all pages, counted up to a limit.
// parameters: type, min_documents, date_from, date_to: as for list_entities; most (the limit)
// columns: count
// access: read
MATCH (e:Huitu)
WHERE e.type = $type AND e.documents >= $min_documents AND e.id IS NOT NULL
  AND (($date_from IS NULL AND $date_to IS NULL) OR EXISTS {
    (e)<-[:DENOTES]-(:Mention)<-[:MENTIONS]-(d:Document)
    WHERE d.date >= coalesce($date_from, '') AND d.date <= coalesce($date_to, '9')
  })
WITH e LIMIT $most
RETURN count(*) AS count
