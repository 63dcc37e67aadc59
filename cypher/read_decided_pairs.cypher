// The pairs of entities on which a decision is in force, as they are now.
// parameters: none
// columns: a, b (ids of entities, a < b)
// access: read
MATCH (n:Huitu:Decision)-[:TIES]->(k:Key)
WHERE n.undone_at IS NULL
WITH n, coalesce(k.entity, substring(k.id, 1)) AS entity ORDER BY entity
WITH n, collect(DISTINCT entity) AS pair
WHERE size(pair) = 2
RETURN DISTINCT pair[0] AS a, pair[1] AS b
