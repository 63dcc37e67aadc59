// The reprints of documents.
// parameters: ids (list of document ids)
// columns: a, b (document ids, a < b)
// access: read
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})-[r:REPRINTS]-(:Document)
RETURN DISTINCT startNode(r).id AS a, endNode(r).id AS b ORDER BY a, b
