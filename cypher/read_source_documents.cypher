// The documents of a source.
// parameters: source
// columns: id
// access: read
MATCH (d:Huitu:Document)
WHERE d.source = $source
RETURN d.id AS id ORDER BY id
