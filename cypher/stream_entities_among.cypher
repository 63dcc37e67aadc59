// The entities with some ids, in the order of ids.
// parameters: ids (list)
// columns: see stream_entities
// access: read
MATCH (e:Huitu:Entity)
WHERE e.id IN $ids
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents,
  e.first_date AS first_date, e.last_date AS last_date
ORDER BY id
