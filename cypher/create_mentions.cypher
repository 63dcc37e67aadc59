// Writes the names that documents use and what they denote.
// parameters: rows (list of {document, entity, properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (d:Huitu:Document {id: row.document})
MATCH (e:Huitu:Entity {id: row.entity})
CREATE (m:Huitu:Mention)
SET m = row.properties
CREATE (d)-[:MENTIONS]->(m), (m)-[:DENOTES]->(e)
