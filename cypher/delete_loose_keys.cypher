// Removes keys that nothing ties any more.
// parameters: ids (list of key ids)
// columns: none
// access: write
UNWIND $ids AS id
MATCH (k:Huitu:Key {id: id})
WHERE NOT EXISTS { (k)<-[:TIES|SPLITS]-() }
DETACH DELETE k
