// Has a decision set mentions apart from what others call by their names.
// parameters: id (of the decision), keys (list of key ids made from mention ids)
// columns: none
// access: write
MATCH (n:Huitu:Decision {id: $id})
UNWIND $keys AS id
MERGE (k:Huitu:Key {id: id})
CREATE (n)-[:SPLITS]->(k)
