// Writes what is known of documents; a value that is null removes the property.
// parameters: rows (list of {id, properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (d:Huitu:Document {id: row.id})
SET d += row.properties, d.ingested_at = datetime()
