// Finds the corrections of a document.
// parameters: none
// columns: none
// access: write (schema)
CREATE INDEX huitu_correction_document IF NOT EXISTS
FOR (n:Correction) ON (n.document)
