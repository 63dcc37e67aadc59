// Removes derived edges.
// parameters: rows (list of {head, relation, tail})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (:Huitu:Entity {id: row.head})-[r:$(row.relation)]->(:Huitu:Entity {id: row.tail})
DELETE r
