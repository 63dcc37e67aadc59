// Documents in the order of their ids.
// parameters: none
// columns: id, content (all properties)
// access: read
MATCH (n:Huitu:Document)
RETURN n.id AS id, properties(n) AS content ORDER BY id
