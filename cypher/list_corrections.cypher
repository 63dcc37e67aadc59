// Corrections in the order in which they were made.
// parameters: in_force (whether to leave out those that were undone)
// columns: properties, applies (whether a claim is there to which it applies)
// access: read
MATCH (n:Huitu:Correction)
WHERE NOT $in_force OR n.undone_at IS NULL
OPTIONAL MATCH (d:Huitu:Document {id: n.document_id})
RETURN properties(n) AS properties,
  n.undone_at IS NULL AND EXISTS { MATCH (d)-[:STATES]->(c:Claim) WHERE c.correction = n.id } AS applies
ORDER BY n.at, n.id
