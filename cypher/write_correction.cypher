// Records a correction.
// parameters: id, properties
// columns: none
// access: write
MERGE (n:Huitu:Correction {id: $id})
SET n = $properties
