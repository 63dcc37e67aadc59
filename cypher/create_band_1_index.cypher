// Finds documents that may be reprints of one another.
// parameters: none
// columns: none
// access: write (schema)
CREATE INDEX huitu_document_band_1 IF NOT EXISTS
FOR (n:Document) ON (n.band_1)
