// Keys that wait for resolution.
// parameters: limit
// columns: id
// access: read
MATCH (k:Unresolved)
WHERE k:Huitu AND k:Key
RETURN k.id AS id ORDER BY id LIMIT $limit
