// How many decisions list_decisions lists over all pages.
// parameters: in_force
// columns: count
// access: read
MATCH (n:Huitu:Decision)
WHERE $in_force IS NULL OR (n.undone_at IS NULL) = $in_force
RETURN count(*) AS count
