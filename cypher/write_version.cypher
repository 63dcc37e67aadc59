// Records that the graph follows a version of the model.
// parameters: version (integer)
// columns: none
// access: write
MERGE (m:Huitu:HuituMeta {id: 'meta'})
SET m.version = $version
