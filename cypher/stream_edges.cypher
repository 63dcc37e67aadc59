// The derived edges among the entities of a selection, ordered by their ends and types, with the document of the quote.
// `id >= ''`: see stream_entities.
// parameters: see stream_entities: types, relations, dated, date_from, date_to, last, revision
// columns: head, relation, tail, head_name, tail_name, support, planned, denied, claims, confidence, roles, first_date,
//   last_date, quote, document_id, document_key, document_title, document_date, document_source, document_url
// access: read
MATCH (h:Huitu:Entity)-[r:$any($relations)]->(t:Huitu:Entity)
WHERE h.id >= '' AND h.type IN $types AND t.type IN $types
  AND ($last IS NULL OR (h.id <= $last AND t.id <= $last))
  AND r.added_in <= $revision AND (NOT $dated OR (r.first_date <= $date_to AND r.last_date >= $date_from))
WITH h, r, t, h.id AS head, type(r) AS relation, t.id AS tail
ORDER BY head, relation, tail
OPTIONAL MATCH (d:Huitu:Document {id: r.document_id})
RETURN head, relation, tail, h.name AS head_name, t.name AS tail_name, r.support AS support, r.planned AS planned,
  r.denied AS denied, r.claims AS claims, r.confidence AS confidence, r.roles AS roles, r.first_date AS first_date,
  r.last_date AS last_date, r.quote AS quote, r.document_id AS document_id, d.key AS document_key,
  d.title AS document_title, d.date AS document_date, d.source AS document_source, d.url AS document_url
