// The decisions in force on two keys.
// parameters: a, b (keys, a < b)
// columns: see read_decision
// access: read
MATCH (n:Huitu:Decision)-[:TIES]->(:Huitu:Key {id: 'k' + $a})
WHERE n.a_key = $a AND n.b_key = $b
RETURN properties(n) AS properties, COLLECT { MATCH (n)-[:SPLITS]->(k:Key) RETURN k.id ORDER BY k.id } AS apart
ORDER BY n.id
