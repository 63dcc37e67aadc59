// A page of the edges of an entity by relation and direction, in the order asked for.
// parameters: id, kinds (list of 'RELATION out' or 'RELATION in', the first ones first), relations (list, those of kinds),
//   statuses (list of 'held', 'planned'), min_support, min_confidence, date_from, date_to (YYYY-MM-DD or null: by the
//   dates of the edge), source (publisher of some claim, or null), sort (role, support, date or id),
//   first, second, other, kind (key of the last row seen; for the first page numbers below all and ''), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, head, relation, tail,
//   properties, kind, first, second})
// access: read
MATCH (e:Huitu:Entity {id: $id})-[r:$any($relations)]-(n:Huitu:Entity)
WITH e, r, n, type(r) + CASE WHEN startNode(r) = e THEN ' out' ELSE ' in' END AS kind
WHERE kind IN $kinds AND r.support >= $min_support AND r.confidence >= $min_confidence
  AND CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
  AND ($date_from IS NULL OR r.last_date >= $date_from) AND ($date_to IS NULL OR r.first_date <= $date_to)
  AND ($source IS NULL OR EXISTS {
    MATCH (e)<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(:Mention)-[:DENOTES]->(n)
    MATCH (c)<-[:STATES]-(d:Document)
    WHERE c.relation = type(r) AND d.source = $source AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
  })
WITH r, n, kind, [place IN range(0, size($kinds) - 1) WHERE $kinds[place] = kind][0] AS place
WITH r, n, kind,
  CASE $sort
    WHEN 'role' THEN place
    WHEN 'support' THEN -r.support
    WHEN 'date' THEN -toInteger(replace(coalesce(r.last_date, '0'), '-', ''))
    ELSE 0
  END AS first,
  CASE $sort WHEN 'role' THEN -r.support ELSE 0 END AS second
WITH collect({r: r, n: n, kind: kind, first: first, second: second}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.r AS r, each.n AS n, each.kind AS kind, each.first AS first, each.second AS second
  WHERE [first, second, n.id, kind] > [$first, $second, $other, $kind]
  WITH r, n, kind, first, second ORDER BY first, second, n.id, kind LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents},
    head: startNode(r).id, relation: type(r), tail: endNode(r).id, properties: properties(r),
    kind: kind, first: first, second: second
  }
} AS items
