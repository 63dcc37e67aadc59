// Records which entities keys denote.
// parameters: rows (list of {id, entity})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (k:Huitu:Key {id: row.id})
WHERE coalesce(k.entity, '') <> row.entity
SET k.entity = row.entity
