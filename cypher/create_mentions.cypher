// Writes the names that documents use, what they denote and which keys they tie.
// parameters: rows (list of {document, entity, tied (key ids), properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (d:Huitu:Document {id: row.document})
MATCH (e:Huitu:Entity {id: row.entity})
CREATE (m:Huitu:Mention)
SET m = row.properties
CREATE (d)-[:MENTIONS]->(m), (m)-[:DENOTES]->(e)
WITH m, row
WHERE row.tied <> []
UNWIND row.tied AS id
MATCH (k:Huitu:Key {id: id})
CREATE (m)-[:TIES]->(k)
