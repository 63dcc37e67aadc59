// The decisions in force that speak of keys.
// parameters: ids (list of key ids)
// columns: verdict, a, b (entity ids), decision (its id)
// access: read
UNWIND $ids AS id
MATCH (:Huitu:Key {id: id})<-[:TIES]-(n:Decision)
WITH DISTINCT n
RETURN n.verdict AS verdict, n.a_key AS a, n.b_key AS b, n.id AS decision
ORDER BY decision
