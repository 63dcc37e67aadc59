// A page of decisions, in the order in which they were made.
// parameters: in_force (true: those in force, false: those that were undone, null: both), at and id (of the last row
//   seen; twice '' for the first page), limit (null: none)
// columns: properties
// access: read
MATCH (n:Huitu:Decision)
WHERE ($in_force IS NULL OR (n.undone_at IS NULL) = $in_force) AND [n.at, n.id] > [$at, $id]
RETURN properties(n) AS properties ORDER BY n.at, n.id
LIMIT coalesce($limit, 9223372036854775807)
