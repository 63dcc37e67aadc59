// The corrections in force of one claim.
// parameters: claim (id), document (key)
// columns: properties
// access: read
MATCH (n:Huitu:Correction {document: $document})
WHERE n.claim = $claim AND n.undone_at IS NULL
RETURN properties(n) AS properties ORDER BY n.at, n.id
