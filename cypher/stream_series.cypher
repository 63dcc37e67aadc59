// The series of the forums of a selection in the order of ids, with these forums as editions.
// parameters: see stream_entities: types, relations, dated, date_from, date_to, last, revision
// columns: id, name, aliases, editions (list of [id, name], in the order of ids)
// access: read
MATCH (e:Huitu:Forum)-[:EDITION_OF]->(s:Huitu:ForumSeries)
WHERE e.type IN $types AND ($last IS NULL OR e.id <= $last) AND e.added_in <= $revision
  AND (NOT $dated OR EXISTS {
    (e)-[r:$any($relations)]-(:Entity) WHERE r.first_date <= $date_to AND r.last_date >= $date_from
  })
WITH s, e ORDER BY e.id
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, collect([e.id, e.name]) AS editions
ORDER BY id
