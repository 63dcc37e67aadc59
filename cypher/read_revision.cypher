// The present revision of the graph.
// parameters: none
// columns: revision (integer; 0 before anything was loaded), begun (when its counting began, in milliseconds; may be null)
// access: read
OPTIONAL MATCH (m:Huitu:HuituMeta {id: 'meta'})
RETURN coalesce(m.revision, 0) AS revision, m.begun AS begun
