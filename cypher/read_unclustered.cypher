// Documents to be looked at for reprints.
// parameters: limit
// columns: id
// access: read
MATCH (d:Unclustered)
WHERE d:Huitu AND d:Document
RETURN d.id AS id ORDER BY id LIMIT $limit
