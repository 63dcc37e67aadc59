// Takes a correction in force back; it stays on record.
// parameters: id, at, by
// columns: properties
// access: write
MATCH (n:Huitu:Correction {id: $id})
WHERE n.undone_at IS NULL
SET n.undone_at = $at, n.undone_by = $by
RETURN properties(n) AS properties
