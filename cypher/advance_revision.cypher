// Begins a new revision of the graph; one writer at a time holds it until its transaction ends.
// parameters: none
// columns: revision (integer)
// access: write
MERGE (m:Huitu:HuituMeta {id: 'meta'})
SET m.revision = coalesce(m.revision, 0) + 1
RETURN m.revision AS revision
