// One claim with what a correction needs to know.
// parameters: id
// columns: properties, document (key), subject_type, object_type
// access: read
MATCH (c:Huitu:Claim {id: $id})
MATCH (d:Document)-[:STATES]->(c)
MATCH (c)-[:SUBJECT]->(s:Mention)
MATCH (c)-[:OBJECT]->(o:Mention)
RETURN properties(c) AS properties, d.key AS document, s.type AS subject_type, o.type AS object_type
