// The entities of a selection in the order of ids. With `dated`, those at an edge of the time span.
// `id >= ''` has them read in the order of the index: a sort would hold all of them in the server's memory.
// parameters: types (list), relations (list), dated (boolean), date_from, date_to, last (id of the last one, or null),
//   revision (what was added later is left out, so that no edge of the same export lacks an end)
// columns: id, type, name, aliases, documents, first_date, last_date
// access: read
MATCH (e:Huitu:Entity)
WHERE e.id >= '' AND e.type IN $types AND ($last IS NULL OR e.id <= $last) AND e.added_in <= $revision
  AND (NOT $dated OR EXISTS {
    (e)-[r:$any($relations)]-(:Entity) WHERE r.first_date <= $date_to AND r.last_date >= $date_from
  })
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents,
  e.first_date AS first_date, e.last_date AS last_date
ORDER BY id
