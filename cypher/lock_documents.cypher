// Makes sure the documents are there and holds them until the transaction ends.
// parameters: rows (list of {id, key}, sorted by id)
// columns: id, sha256 (null for a new document)
// access: write
UNWIND $rows AS row
MERGE (d:Huitu:Document {id: row.id})
SET d.key = row.key
RETURN d.id AS id, d.sha256 AS sha256
