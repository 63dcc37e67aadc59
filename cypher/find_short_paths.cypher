// Paths of two entities over at most four derived edges, whatever their direction, the shortest first; 101 at most,
// among them such as visit an entity twice.
// parameters: head, tail (entity ids), relations (list), statuses (list of 'held', 'planned')
// columns: nodes (list of {id, type, name, aliases, documents}), edges (list of {relation, head, tail, properties})
// access: read
MATCH path = SHORTEST 101
  (:Huitu:Entity {id: $head})
  (()-[r:$any($relations) WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses]-(:Huitu:Entity)){1,4}
  (:Huitu:Entity {id: $tail})
WITH path, length(path) AS steps, reduce(support = 0, r IN relationships(path) | support + r.support) AS support,
  [n IN nodes(path) | n.id] AS ids, [r IN relationships(path) | type(r)] AS relations
RETURN
  [n IN nodes(path) | {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}] AS nodes,
  [r IN relationships(path) | {
    relation: type(r), head: startNode(r).id, tail: endNode(r).id, properties: properties(r)
  }] AS edges
ORDER BY steps, support DESC, ids, relations
