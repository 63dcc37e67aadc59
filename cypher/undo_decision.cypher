// Takes a decision back: it ties and splits nothing any more, and stays on record.
// parameters: id, at, by
// columns: none
// access: write
MATCH (n:Huitu:Decision {id: $id})
SET n.undone_at = $at, n.undone_by = $by
WITH n
OPTIONAL MATCH (n)-[tie:TIES]->(k:Key)
SET k.type = k.type, k:Unresolved
DELETE tie
WITH DISTINCT n
OPTIONAL MATCH (n)-[split:SPLITS]->(k:Key)
DELETE split
WITH k
WHERE k IS NOT NULL AND NOT EXISTS { (k)<-[:SPLITS]-() }
DETACH DELETE k
