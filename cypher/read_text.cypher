// The keys and texts of documents.
// parameters: ids (list of ids, of which some may be there)
// columns: id, key, text
// access: read
MATCH (d:Huitu:Document)
WHERE d.id IN $ids
RETURN d.id AS id, d.key AS key, d.text AS text
