// A correction, in force or undone.
// parameters: id
// columns: properties, applies (whether a claim is there to which it applies)
// access: read
MATCH (n:Huitu:Correction {id: $id})
OPTIONAL MATCH (d:Huitu:Document {id: n.document_id})
RETURN properties(n) AS properties,
  n.undone_at IS NULL AND EXISTS { MATCH (d)-[:STATES]->(c:Claim) WHERE c.correction = n.id } AS applies
