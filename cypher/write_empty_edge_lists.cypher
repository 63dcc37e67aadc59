// Gives edges the lists that the import tool cannot read: the empty one, and that of one empty text. Runs in auto-commit
// only.
// parameters: one_empty (what stands for the list of one empty text), relations (list of relationship types)
// columns: none
// access: write
MATCH (:Huitu:Entity)-[r:$any($relations)]->(:Huitu:Entity)
WHERE r.roles IS NULL OR r.roles = $one_empty
CALL (r) {
  SET r.roles = CASE WHEN r.roles IS NULL THEN [] ELSE [''] END
} IN TRANSACTIONS OF 10000 ROWS
