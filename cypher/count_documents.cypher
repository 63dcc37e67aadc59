// How many documents list_documents lists over all pages.
// parameters: source, date_from, date_to
// columns: count
// access: read
MATCH (d:Huitu:Document)
WHERE ($source IS NULL OR d.source = $source)
  AND ($date_from IS NULL OR d.date >= $date_from) AND ($date_to IS NULL OR d.date <= $date_to)
RETURN count(*) AS count
