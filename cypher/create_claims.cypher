// Writes the claims of documents with the names they speak of.
// parameters: rows (list of {document, subject, object, at (mention id or null), properties})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (d:Huitu:Document {id: row.document})
MATCH (s:Huitu:Mention {id: row.subject})
MATCH (o:Huitu:Mention {id: row.object})
CREATE (c:Huitu:Claim)
SET c = row.properties
CREATE (d)-[:STATES]->(c), (c)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o)
WITH c, row
WHERE row.at IS NOT NULL
MATCH (f:Huitu:Mention {id: row.at})
CREATE (c)-[:AT]->(f)
