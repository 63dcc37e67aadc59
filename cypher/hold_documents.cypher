// Holds those of the documents that are there until the transaction ends; makes none.
// parameters: ids (list of document ids)
// columns: id
// access: write
MATCH (d:Huitu:Document)
WHERE d.id IN $ids
SET d.key = d.key
RETURN d.id AS id
