// Marks documents, and those that were reprints of them, to be looked at for reprints; what they were reprints of is
// forgotten.
// parameters: ids (list of document ids)
// columns: none
// access: write
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
SET d:Unclustered
WITH d
MATCH (d)-[r:REPRINTS]-(o:Document)
SET o:Unclustered
DELETE r
