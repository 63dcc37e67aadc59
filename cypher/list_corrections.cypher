// A page of corrections, in the order in which they were made.
// parameters: in_force (true: those in force, false: those that were undone, null: both), at and id (of the last row
//   seen; twice '' for the first page), limit (null: none)
// columns: properties, applies (whether a claim is there to which it applies)
// access: read
MATCH (n:Huitu:Correction)
WHERE ($in_force IS NULL OR (n.undone_at IS NULL) = $in_force) AND [n.at, n.id] > [$at, $id]
WITH n ORDER BY n.at, n.id
LIMIT coalesce($limit, 9223372036854775807)
OPTIONAL MATCH (d:Huitu:Document {id: n.document_id})
RETURN properties(n) AS properties,
  n.undone_at IS NULL AND EXISTS { MATCH (d)-[:STATES]->(c:Claim) WHERE c.correction = n.id } AS applies
ORDER BY n.at, n.id
