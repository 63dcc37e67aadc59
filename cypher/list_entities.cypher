// A page of the entities of one type, the most often named first.
// parameters: type, min_documents (integer), date_from and date_to (YYYY-MM-DD or null: named by a document of those
//   days), documents and id (of the last row seen; for the first page a number and a string above all), limit
// columns: id, type, name, aliases, documents
// access: read
MATCH (e:Huitu)
WHERE e.type = $type AND e.documents <= $documents AND e.documents >= $min_documents AND e.id IS NOT NULL
  AND (e.documents < $documents OR e.id < $id)
  AND (($date_from IS NULL AND $date_to IS NULL) OR EXISTS {
    (e)<-[:DENOTES]-(:Mention)<-[:MENTIONS]-(d:Document)
    WHERE d.date >= coalesce($date_from, '') AND d.date <= coalesce($date_to, '9')
  })
WITH e
ORDER BY e.type DESC, e.documents DESC, e.id DESC  // of one type, but only so in the order of the index, without sorting
LIMIT $limit
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents
