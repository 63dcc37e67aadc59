// A page of what was announced or launched at a forum, with those who launched it; the best supported first.
// parameters: id (of the forum), parts (whether what was announced at its sub-forums counts), status ('held', 'planned' or null for both), support (negative), thing (key of the last row
//   seen; below all and '' for the first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, support, held, announced (edge
//   {head, relation, tail, properties}, or null), claims (ids of claims that it was launched here), launchers (list of
//   {entity, here, edge})})
// access: read
MATCH (:Huitu:Forum {id: $id})<-[:PART_OF*0..1]-(f:Forum)
WHERE $parts OR f.id = $id
CALL (f) {
  MATCH (f)<-[a:ANNOUNCED_AT]-(n:Entity)
  RETURN n, a, null AS c
  UNION
  MATCH (f)<-[:DENOTES]-(:Mention)<-[:AT]-(c:Claim {relation: 'LAUNCHED'})
  WHERE c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
  MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(n:Entity)
  RETURN n, null AS a, c
}
WITH n, f, a, c ORDER BY coalesce(a.support, 0) DESC, f.id
WITH n, head(collect(a)) AS a, collect(DISTINCT c) AS launches
WITH n, a, launches, coalesce(a.support, 0) > 0 OR any(c IN launches WHERE c.modality = 'held') AS held,
  -coalesce(a.support, 0) AS support
WHERE $status IS NULL OR $status = CASE WHEN held THEN 'held' ELSE 'planned' END
WITH collect({n: n, a: a, launches: launches, held: held, support: support}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.n AS n, each.a AS a, each.launches AS launches, each.held AS held, each.support AS support
  WHERE [support, n.id] > [$support, $thing]
  WITH n, a, launches, held, support ORDER BY support, n.id LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents},
    support: support, held: held,
    announced: CASE WHEN a IS NULL THEN null ELSE {
      head: n.id, relation: 'ANNOUNCED_AT', tail: endNode(a).id, properties: properties(a)
    } END,
    claims: COLLECT { UNWIND launches AS c RETURN c.id ORDER BY c.id },
    launchers: COLLECT {
      WITH COLLECT { UNWIND launches AS c MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(y:Entity) RETURN DISTINCT y } AS those
      MATCH (x:Entity)-[l:LAUNCHED]->(n)
      WITH x, l, x IN those AS here
      ORDER BY here DESC, l.support DESC, x.id
      RETURN {
        entity: {id: x.id, type: x.type, name: x.name, aliases: x.aliases, documents: x.documents}, here: here,
        edge: {head: x.id, relation: 'LAUNCHED', tail: n.id, properties: properties(l)}
      }
    }
  }
} AS items
