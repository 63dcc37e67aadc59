// Removes the corrections of documents.
// parameters: documents (list of document ids)
// columns: none
// access: write
MATCH (n:Huitu:Correction)
WHERE n.document_id IN $documents
DELETE n
