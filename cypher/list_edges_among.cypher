// The derived edges whose two ends both belong to a set of entities.
// parameters: ids (list), relations (list)
// columns: head, relation, tail, properties
// access: read
MATCH (h:Huitu:Entity)-[r:$any($relations)]->(t:Huitu:Entity)
WHERE h.id IN $ids AND t.id IN $ids
RETURN h.id AS head, type(r) AS relation, t.id AS tail, properties(r) AS properties
ORDER BY head, relation, tail
