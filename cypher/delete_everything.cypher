// Removes the nodes of Huitu and nothing else, in transactions of bounded size; runs in auto-commit only. Kept, where
// wanted, is what people have done: decisions with the keys they tie, corrections, records of erasures.
// parameters: keep (whether to keep what people have done)
// columns: nodes (integer), how many were removed
// access: write
MATCH (n:Huitu)
WHERE NOT $keep
  OR NOT (n:Decision OR n:Correction OR n:Erasure OR n:Erased OR n:Key AND EXISTS { (n)<-[:TIES|SPLITS]-(:Decision) })
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 2000 ROWS
RETURN count(*) AS nodes
