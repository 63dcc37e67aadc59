// How many documents list_documents lists over all pages, counted up to a limit.
// parameters: source, date_from, date_to: as for list_documents; most (the limit)
// columns: count
// access: read
MATCH (d:Huitu:Document)
WHERE ($source IS NULL OR d.source = $source)
  AND ($date_from IS NULL OR d.date >= $date_from) AND ($date_to IS NULL OR d.date <= $date_to)
WITH d LIMIT $most
RETURN count(*) AS count
