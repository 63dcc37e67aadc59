// How many edges list_neighbours lists over all pages.
// parameters: id, relations, types, directions, modalities, min_support
// columns: count
// access: read
MATCH (e:Huitu:Entity {id: $id})-[r:$any($relations)]-(n:Huitu:Entity)
WITH r, n, CASE WHEN startNode(r) = e THEN 'out' ELSE 'in' END AS direction
WHERE direction IN $directions AND n.type IN $types AND r.support >= $min_support
  AND (('held' IN $modalities AND r.support > 0) OR ('planned' IN $modalities AND r.planned > 0))
RETURN count(*) AS count
