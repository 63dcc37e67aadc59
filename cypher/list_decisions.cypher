// Decisions in the order in which they were made.
// parameters: in_force (whether to leave out those that were undone)
// columns: properties
// access: read
MATCH (n:Huitu:Decision)
WHERE NOT $in_force OR n.undone_at IS NULL
RETURN properties(n) AS properties ORDER BY n.at, n.id
