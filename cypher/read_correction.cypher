// A correction, in force or undone.
// parameters: id
// columns: properties
// access: read
MATCH (n:Huitu:Correction {id: $id})
RETURN properties(n) AS properties
