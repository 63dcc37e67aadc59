// The clusters of reprints to which documents belong, and their dates.
// parameters: ids (list of document ids)
// columns: id, date (or null), cluster (id of a document, or null for one that has no reprint)
// access: read
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
RETURN d.id AS id, d.date AS date, d.cluster AS cluster
