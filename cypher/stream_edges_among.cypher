// The derived edges whose two ends belong to a set of entities, as stream_edges gives them.
// parameters: ids (list), relations (list), dated (boolean), date_from, date_to
// columns: see stream_edges
// access: read
UNWIND $ids AS id
MATCH (h:Huitu:Entity {id: id})-[r:$any($relations)]->(t:Huitu:Entity)
WHERE t.id IN $ids AND (NOT $dated OR (r.first_date <= $date_to AND r.last_date >= $date_from))
WITH h, r, t, h.id AS head, type(r) AS relation, t.id AS tail
ORDER BY head, relation, tail
OPTIONAL MATCH (d:Huitu:Document {id: r.document_id})
RETURN head, relation, tail, h.name AS head_name, t.name AS tail_name, r.support AS support, r.planned AS planned,
  r.denied AS denied, r.claims AS claims, r.confidence AS confidence, r.roles AS roles, r.first_date AS first_date,
  r.last_date AS last_date, r.quote AS quote, r.document_id AS document_id, d.key AS document_key,
  d.title AS document_title, d.date AS document_date, d.source AS document_source, d.url AS document_url
