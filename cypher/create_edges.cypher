// Writes derived edges that are not there. A MERGE would look through all edges of a forum for each of its thousands.
// parameters: rows (list of {head, relation, tail, properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (head:Huitu:Entity {id: row.head})
MATCH (tail:Huitu:Entity {id: row.tail})
CREATE (head)-[r:$(row.relation)]->(tail)
SET r = row.properties
