// Removes every node of Huitu and nothing else, in transactions of bounded size; runs in auto-commit only.
// parameters: none
// columns: nodes (integer), how many were removed
// access: write
MATCH (n:Huitu)
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 2000 ROWS
RETURN count(*) AS nodes
