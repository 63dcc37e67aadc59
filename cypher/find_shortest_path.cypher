// The shortest path of two entities over derived edges, whatever their direction; of several the best supported,
// then the first by ids. Paths of more than six edges are not looked for: they say nothing.
// parameters: head, tail (entity ids), relations (list), statuses (list of 'held', 'planned')
// columns: nodes (list of {id, type, name, aliases, documents}), edges (list of {relation, head, tail, properties})
// access: read
MATCH path = ALL SHORTEST
  (:Huitu:Entity {id: $head})
  (()-[r:$any($relations) WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses]-(:Huitu:Entity)){1,6}
  (:Huitu:Entity {id: $tail})
WITH path, reduce(support = 0, r IN relationships(path) | support + r.support) AS support,
  [n IN nodes(path) | n.id] AS ids, [r IN relationships(path) | type(r)] AS relations
ORDER BY support DESC, ids, relations
LIMIT 1
RETURN
  [n IN nodes(path) | {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}] AS nodes,
  [r IN relationships(path) | {
    relation: type(r), head: startNode(r).id, tail: endNode(r).id, properties: properties(r)
  }] AS edges
