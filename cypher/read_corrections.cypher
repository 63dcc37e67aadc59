// The corrections in force for documents.
// parameters: documents (list of document keys)
// columns: document (key), corrections (list of all properties)
// access: read
UNWIND $documents AS document
MATCH (c:Huitu:Correction {document: document})
WHERE c.undone_at IS NULL
WITH document, c ORDER BY c.at, c.id
RETURN document, collect(properties(c)) AS corrections
