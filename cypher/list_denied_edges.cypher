// Edges of which some documents say that it took place or is to, and others that it did not.
// parameters: id (of an entity, or null for all), relations (list of relationship types)
// columns: head, tail ({id, type, name}), relation, support, planned, denied
// access: read
CALL () {
  WITH * WHERE $id IS NULL
  MATCH (:Huitu:Entity)-[r:$any($relations)]->(:Huitu:Entity)
  WHERE r.denied > 0
  RETURN r
  UNION
  MATCH (:Huitu:Entity {id: $id})-[r:$any($relations)]-(:Huitu:Entity)
  WHERE r.denied > 0
  RETURN r
}
WITH r, startNode(r) AS h, endNode(r) AS t
RETURN {id: h.id, type: h.type, name: h.name} AS head, {id: t.id, type: t.type, name: t.name} AS tail,
  type(r) AS relation, r.support AS support, r.planned AS planned, r.denied AS denied
ORDER BY h.id, relation, t.id
