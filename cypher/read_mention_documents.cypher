// The documents of mentions.
// parameters: ids (list of mention ids)
// columns: document (id)
// access: read
UNWIND $ids AS id
MATCH (m:Huitu:Mention {id: id})
RETURN DISTINCT m.document_id AS document ORDER BY document
