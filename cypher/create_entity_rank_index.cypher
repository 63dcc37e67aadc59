// Serves lists of one entity type, the most often named first.
// parameters: none
// columns: none
// access: write (schema)
CREATE INDEX huitu_entity_rank IF NOT EXISTS
FOR (n:Huitu) ON (n.type, n.documents, n.id)
