// How many nodes a database holds, whosever they are, but for the one that tells the version of the model.
// parameters: none
// columns: nodes (integer)
// access: read
RETURN COUNT { () } - COUNT { (:Huitu:HuituMeta {id: 'meta'}) } AS nodes
