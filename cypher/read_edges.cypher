// The derived edges between pairs of entities as they are.
// parameters: pairs (list of {a, b}, entity ids), relations (list of relationship types)
// columns: head, relation, tail, properties, edge (element id, for this transaction)
// access: read
UNWIND $pairs AS pair
MATCH (:Huitu:Entity {id: pair.a})-[r:$any($relations)]-(:Huitu:Entity {id: pair.b})
RETURN startNode(r).id AS head, type(r) AS relation, endNode(r).id AS tail, properties(r) AS properties,
  elementId(r) AS edge
