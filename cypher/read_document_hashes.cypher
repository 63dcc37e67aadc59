// The content hashes of the documents that are there.
// parameters: ids (list of document ids)
// columns: id, sha256
// access: read
MATCH (d:Huitu:Document)
WHERE d.id IN $ids
RETURN d.id AS id, d.sha256 AS sha256
