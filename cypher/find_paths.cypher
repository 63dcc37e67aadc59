// Paths of two entities over a given number of derived edges, whatever their direction, that visit none twice, the best
// supported first. They are found from both ends: what lies in the middle may have any number of edges.
// parameters: head, tail (entity ids), relations (list), statuses (list of 'held', 'planned'), length (1 to 4), limit (paths)
// columns: nodes (list of {id, type, name, aliases, documents}), edges (list of {relation, head, tail, properties})
// access: read
CALL () {
  WITH * WHERE $length = 1
  MATCH (h:Huitu:Entity {id: $head})-[r:$any($relations)]-(t:Huitu:Entity {id: $tail})
  RETURN [h, t] AS nodes, [r] AS edges
  UNION ALL
  WITH * WHERE $length = 2
  MATCH (h:Huitu:Entity {id: $head})-[r:$any($relations)]-(m:Huitu:Entity)-[s:$any($relations)]-(t:Huitu:Entity {id: $tail})
  USING JOIN ON m
  RETURN [h, m, t] AS nodes, [r, s] AS edges
  UNION ALL
  WITH * WHERE $length = 3
  MATCH (h:Huitu:Entity {id: $head})-[r:$any($relations)]-(a:Huitu:Entity)-[s:$any($relations)]-(b:Huitu:Entity)
    -[u:$any($relations)]-(t:Huitu:Entity {id: $tail})
  USING JOIN ON b
  WHERE a <> t AND b <> h
  RETURN [h, a, b, t] AS nodes, [r, s, u] AS edges
  UNION ALL
  WITH * WHERE $length = 4
  MATCH (h:Huitu:Entity {id: $head})-[r:$any($relations)]-(a:Huitu:Entity)-[s:$any($relations)]-(m:Huitu:Entity)
    -[u:$any($relations)]-(b:Huitu:Entity)-[v:$any($relations)]-(t:Huitu:Entity {id: $tail})
  USING JOIN ON m
  WHERE a <> t AND a <> b AND b <> h AND m <> h AND m <> t
  RETURN [h, a, m, b, t] AS nodes, [r, s, u, v] AS edges
}
WITH nodes, edges
WHERE all(r IN edges WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses)
WITH nodes, edges, reduce(support = 0, r IN edges | support + r.support) AS support,
  [n IN nodes | n.id] AS ids, [r IN edges | type(r)] AS relations
ORDER BY support DESC, ids, relations
LIMIT $limit
RETURN
  [n IN nodes | {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}] AS nodes,
  [r IN edges | {
    relation: type(r), head: startNode(r).id, tail: endNode(r).id, properties: properties(r)
  }] AS edges
