// Writes what series are called.
// parameters: rows (list of {id, properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (s:Huitu:ForumSeries {id: row.id})
SET s += row.properties
