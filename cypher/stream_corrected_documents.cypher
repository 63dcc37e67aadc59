// Documents on whose claims people have decided, with the corrections in force, in the order of their keys.
// parameters: none
// columns: document (all properties), corrections (list of all properties, as they were made)
// access: read
MATCH (n:Huitu:Correction)
WHERE n.undone_at IS NULL
MATCH (d:Huitu:Document {id: n.document_id})
WITH d, n ORDER BY n.at, n.id
WITH d, collect(properties(n)) AS corrections
RETURN properties(d) AS document, corrections ORDER BY d.key
