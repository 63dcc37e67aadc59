// A page of the edges of an entity with their other ends, the best supported first.
// parameters: id, relations (list), types (list, of the other end), directions (list of 'out', 'in'),
//   modalities (list of 'held', 'planned'), min_support (integer), support, relation, other, direction
//   (of the last row seen; for the first page a number above all and three times ''), limit
// columns: neighbour {id, type, name, aliases, documents}, relation, direction, head, tail, edge (all properties)
// access: read
MATCH (e:Huitu:Entity {id: $id})-[r:$any($relations)]-(n:Huitu:Entity)
WITH r, n, type(r) AS relation, CASE WHEN startNode(r) = e THEN 'out' ELSE 'in' END AS direction
WHERE direction IN $directions AND n.type IN $types AND r.support >= $min_support
  AND (('held' IN $modalities AND r.support > 0) OR ('planned' IN $modalities AND r.planned > 0))
  AND [-r.support, relation, n.id, direction] > [-$support, $relation, $other, $direction]
RETURN {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents} AS neighbour,
  relation, direction, startNode(r).id AS head, endNode(r).id AS tail, properties(r) AS edge
ORDER BY r.support DESC, relation, n.id, direction
LIMIT $limit
