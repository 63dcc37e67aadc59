// Removes derived edges.
// parameters: edges (list of element ids, read in the same transaction)
// columns: none
// access: write
UNWIND $edges AS edge
MATCH ()-[r]->() WHERE elementId(r) = edge
DELETE r
