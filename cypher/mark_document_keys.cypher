// Marks the keys that mentions of documents have or tie for resolution, before these mentions are removed.
// parameters: ids (list of document ids)
// columns: none
// access: write
MATCH (d:Huitu:Document)-[:MENTIONS]->(m:Mention)
WHERE d.id IN $ids
UNWIND ['k' + m.key] + [tie IN coalesce(m.ties, []) | 'k' + tie] AS id
WITH DISTINCT id ORDER BY id
MATCH (k:Huitu:Key {id: id})
SET k.type = k.type, k:Unresolved
