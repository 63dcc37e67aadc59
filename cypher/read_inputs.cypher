// From what the documents that are there were extracted.
// parameters: ids (list of document ids)
// columns: id, input (hash)
// access: read
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
RETURN d.id AS id, d.input AS input
