// Removes the claims and mentions of documents; the documents stay.
// parameters: ids (list of document ids)
// columns: none
// access: write
MATCH (d:Huitu:Document)-[:STATES|MENTIONS]->(n:Huitu)
WHERE d.id IN $ids
DETACH DELETE n
