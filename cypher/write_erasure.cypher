// Records an erasure and what must not come back.
// parameters: id, properties, erased (list of ids)
// columns: none
// access: write
MERGE (r:Huitu:Erasure {id: $id})
SET r = $properties
WITH r
UNWIND $erased AS id
MERGE (z:Huitu:Erased {id: id})
MERGE (r)-[:ERASES]->(z)
