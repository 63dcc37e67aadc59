// A page of the network of those who share forums: pairs of entities, those with the most forums first.
// parameters: relations (list: of the parts in which both are there), types (list, of both), statuses (list of 'held',
//   'planned'), series (id, or null), date_from, date_to (YYYY-MM-DD or null: by the dates of the edges), min_forums,
//   forums (negative), one, other (key of the last row seen; below all and '' for the first page), limit, shown (forums a
//   pair)
// columns: total (integer), items (list of {a, b ({id, type, name}), forums (integer), shared (list of {id, type, name})})
// access: read
MATCH (f:Huitu:Forum)-[r:$any($relations)]-(n:Entity)
WHERE n.type IN $types AND CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
  AND ($date_from IS NULL OR r.last_date >= $date_from) AND ($date_to IS NULL OR r.first_date <= $date_to)
  AND ($series IS NULL OR EXISTS { (f)-[:EDITION_OF]->(:ForumSeries {id: $series}) })
WITH f, collect(DISTINCT n) AS there
UNWIND there AS a
UNWIND there AS b
WITH f, a, b WHERE a.id < b.id
WITH a, b, count(f) AS shared
WHERE shared >= $min_forums
WITH collect({a: a, b: b, forums: -shared}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.a AS a, each.b AS b, each.forums AS forums
  WHERE [forums, a.id, b.id] > [$forums, $one, $other]
  WITH a, b, forums ORDER BY forums, a.id, b.id LIMIT $limit
  RETURN {
    a: {id: a.id, type: a.type, name: a.name}, b: {id: b.id, type: b.type, name: b.name}, forums: -forums,
    // Asked again for those shown alone: to keep the forums of every pair takes ten times the memory.
    shared: COLLECT {
      MATCH (a)-[one:$any($relations)]-(f:Forum)-[other:$any($relations)]-(b)
      WHERE all(r IN [one, other] WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
          AND ($date_from IS NULL OR r.last_date >= $date_from) AND ($date_to IS NULL OR r.first_date <= $date_to))
        AND ($series IS NULL OR EXISTS { (f)-[:EDITION_OF]->(:ForumSeries {id: $series}) })
      WITH DISTINCT f ORDER BY f.name, f.id LIMIT $shown
      RETURN {id: f.id, type: f.type, name: f.name}
    }
  }
} AS items
