// Records a decision and has it tie keys, which are marked for resolution.
// parameters: id, properties, type, keys (list of key ids, sorted)
// columns: none
// access: write
MERGE (n:Huitu:Decision {id: $id})
SET n = $properties
WITH n
UNWIND $keys AS id
MERGE (k:Huitu:Key {id: id})
SET k.type = $type, k:Unresolved
CREATE (n)-[:TIES]->(k)
