// Every derived edge, ordered by its ends and type.
// parameters: relations (list)
// columns: head, relation, tail, properties
// access: read
MATCH (h:Huitu:Entity)-[r:$any($relations)]->(t:Huitu:Entity)
RETURN h.id AS head, type(r) AS relation, t.id AS tail, properties(r) AS properties
ORDER BY head, relation, tail
