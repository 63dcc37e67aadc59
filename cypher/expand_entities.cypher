// The entities one edge away from some, without those already seen, the best supported first.
// parameters: ids (list), seen (list), relations (list), limit
// columns: id
// access: read
MATCH (e:Huitu:Entity)-[r:$any($relations)]-(n:Huitu:Entity)
WHERE e.id IN $ids AND NOT n.id IN $seen
WITH n.id AS id, max(r.support) AS support
ORDER BY support DESC, id
LIMIT $limit
RETURN id
