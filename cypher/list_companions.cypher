// A page of the entities that an entity shares forums with, those with the most forums first.
// parameters: id, relations (list: of the parts in which both are there), types (list, of the others), statuses (list of
//   'held', 'planned'), date_from, date_to (YYYY-MM-DD or null: by the dates of the entity's own edge), series (id, or null),
//   min_forums, forums (negative), other (key of the last row seen; below all and '' for the first page), limit,
//   shown (forums an entity)
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, forums (integer), shared (list of
//   {forum: {id, type, name}, mine, theirs (lists of edges {head, relation, tail, properties})})})
// access: read
MATCH (:Huitu:Entity {id: $id})-[mine:$any($relations)]-(f:Forum)
WHERE CASE WHEN mine.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
  AND ($date_from IS NULL OR mine.last_date >= $date_from) AND ($date_to IS NULL OR mine.first_date <= $date_to)
  AND ($series IS NULL OR EXISTS { (f)-[:EDITION_OF]->(:ForumSeries {id: $series}) })
WITH f, collect(mine) AS mine
WITH collect({f: f, mine: mine}) AS attended
// First how many forums each shares; what they are is looked up only for the page.
CALL (attended) {
  UNWIND attended AS one
  WITH one.f AS f
  MATCH (f)-[their:$any($relations)]-(n:Entity)
  WHERE n.id <> $id AND n.type IN $types AND CASE WHEN their.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
  WITH n, count(DISTINCT f) AS forums
  WHERE forums >= $min_forums
  RETURN collect({n: n, forums: -forums}) AS found
}
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.n AS n, each.forums AS forums
  WHERE [forums, n.id] > [$forums, $other]
  WITH n, forums ORDER BY forums, n.id LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}, forums: -forums,
    shared: COLLECT {
      UNWIND attended AS one
      WITH one, one.f AS f, n,
        reduce(last = '', r IN one.mine | CASE WHEN r.last_date > last THEN r.last_date ELSE last END) AS last_date
      WHERE EXISTS {
        (f)-[their:$any($relations) WHERE CASE WHEN their.support > 0 THEN 'held' ELSE 'planned' END IN $statuses]-(n)
      }
      WITH one, f, n, last_date
      ORDER BY last_date DESC, f.id
      LIMIT $shown
      RETURN {
        forum: {id: f.id, type: f.type, name: f.name},
        mine: COLLECT {
          UNWIND one.mine AS r
          RETURN {head: startNode(r).id, relation: type(r), tail: endNode(r).id, properties: properties(r)}
          ORDER BY type(r)
        },
        theirs: COLLECT {
          MATCH (f)-[r:$any($relations)]-(n)
          WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
          RETURN {head: startNode(r).id, relation: type(r), tail: endNode(r).id, properties: properties(r)}
          ORDER BY type(r)
        }
      }
    }
  }
} AS items
