// The entities one edge away from some, without those already seen, the best supported first.
// parameters: ids (list), seen (list), types (list), relations (list), dated (boolean), date_from, date_to, limit
// columns: id
// access: read
MATCH (e:Huitu:Entity)-[r:$any($relations)]-(n:Huitu:Entity)
WHERE e.id IN $ids AND NOT n.id IN $seen AND n.type IN $types
  AND (NOT $dated OR (r.first_date <= $date_to AND r.last_date >= $date_from))
WITH n.id AS id, max(r.support) AS support
ORDER BY support DESC, id
LIMIT $limit
RETURN id
