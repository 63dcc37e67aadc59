// How many pairs list_pairs would weigh, counting each once a forum.
// parameters: relations, types, statuses, series, date_from, date_to: as for list_pairs
// columns: pairs (integer)
// access: read
MATCH (f:Huitu:Forum)-[r:$any($relations)]-(n:Entity)
WHERE n.type IN $types AND CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
  AND ($date_from IS NULL OR r.last_date >= $date_from) AND ($date_to IS NULL OR r.first_date <= $date_to)
  AND ($series IS NULL OR EXISTS { (f)-[:EDITION_OF]->(:ForumSeries {id: $series}) })
WITH f, count(DISTINCT n) AS there
RETURN coalesce(sum(there * (there - 1) / 2), 0) AS pairs
