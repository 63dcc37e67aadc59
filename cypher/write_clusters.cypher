// Records to which clusters of reprints documents belong.
// parameters: rows (list of {id, cluster (null: none)})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (d:Huitu:Document {id: row.id})
SET d.cluster = row.cluster
