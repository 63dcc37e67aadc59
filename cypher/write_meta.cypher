// Records which version of the graph model the data follow; an existing record is kept as it is.
// parameters: version (integer)
// columns: version (integer), the one recorded
// access: write
MERGE (m:Huitu:HuituMeta {id: 'meta'})
ON CREATE SET m.version = $version, m.begun = timestamp()
RETURN m.version AS version
