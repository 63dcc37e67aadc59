// A decision, in force or undone.
// parameters: id
// columns: properties, apart (ids of the nodes of mentions that it sets apart)
// access: read
MATCH (n:Huitu:Decision {id: $id})
RETURN properties(n) AS properties, COLLECT { MATCH (n)-[:SPLITS]->(k:Key) RETURN k.id ORDER BY k.id } AS apart
