// Writes derived edges that are there already.
// parameters: rows (list of {edge, properties}; edge: its element id, read in the same transaction)
// columns: none
// access: write
UNWIND $rows AS row
MATCH ()-[r]->() WHERE elementId(r) = row.edge
SET r = row.properties
