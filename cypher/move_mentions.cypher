// Has the mentions of keys denote other entities.
// parameters: rows (list of {key, entity (id)})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (e:Huitu:Entity {id: row.entity})
MATCH (m:Huitu:Mention {key: row.key})-[old:DENOTES]->(:Entity)
DELETE old
CREATE (m)-[:DENOTES]->(e)
