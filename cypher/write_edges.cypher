// Writes derived edges, new or changed.
// parameters: rows (list of {head, relation, tail, properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (head:Huitu:Entity {id: row.head})
MATCH (tail:Huitu:Entity {id: row.tail})
MERGE (head)-[r:$(row.relation)]->(tail)
SET r = row.properties
