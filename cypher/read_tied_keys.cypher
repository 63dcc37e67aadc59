// The keys that mentions or decisions tie to keys, themselves included where anything ties them.
// parameters: ids (list of key ids)
// columns: id
// access: read
UNWIND $ids AS id
MATCH (:Huitu:Key {id: id})<-[:TIES]-(n)
WITH DISTINCT n
MATCH (n)-[:TIES]->(k:Key)
RETURN DISTINCT k.id AS id
