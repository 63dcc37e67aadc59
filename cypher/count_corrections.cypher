// How many corrections list_corrections lists over all pages.
// parameters: in_force
// columns: count
// access: read
MATCH (n:Huitu:Correction)
WHERE $in_force IS NULL OR (n.undone_at IS NULL) = $in_force
RETURN count(*) AS count
