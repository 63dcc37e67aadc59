// Takes documents as looked at for reprints, and holds them until the transaction ends.
// parameters: ids (list of document ids, sorted)
// columns: none
// access: write
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
SET d.key = d.key
REMOVE d:Unclustered
