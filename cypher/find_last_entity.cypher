// Where a limit cuts a selection of entities: the last entity within it and the first one behind it.
// parameters: those of stream_entities without last: types, relations, dated, date_from, date_to, revision; limit
// columns: id
// access: read
MATCH (e:Huitu:Entity)
WHERE e.type IN $types AND e.added_in <= $revision
  AND (NOT $dated OR EXISTS {
    (e)-[r:$any($relations)]-(:Entity) WHERE r.first_date <= $date_to AND r.last_date >= $date_from
  })
WITH e.id AS id
ORDER BY id
SKIP $limit - 1
LIMIT 2
RETURN id
