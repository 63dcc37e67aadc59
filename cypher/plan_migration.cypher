// How many documents follow another model than the present one.
// parameters: model (versions of model and identity)
// columns: version (of the graph, or null where nothing was ever loaded), documents, total
// access: read
OPTIONAL MATCH (m:Huitu:HuituMeta {id: 'meta'})
RETURN m.version AS version,
  COUNT { MATCH (d:Huitu:Document) WHERE coalesce(d.model, '') <> $model } AS documents,
  COUNT { (:Huitu:Document) } AS total
