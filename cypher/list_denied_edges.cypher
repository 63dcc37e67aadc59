// Edges of which some documents say that it took place or is to, and others that it did not.
// parameters: id (of an entity, or null for all), relations (list of relationship types)
// columns: head, tail ({id, type, name}), relation, support, planned, denied
// access: read
MATCH (h:Huitu:Entity)-[r:$any($relations)]->(t:Huitu:Entity)
WHERE r.denied > 0 AND ($id IS NULL OR h.id = $id OR t.id = $id)
RETURN {id: h.id, type: h.type, name: h.name} AS head, {id: t.id, type: t.type, name: t.name} AS tail,
  type(r) AS relation, r.support AS support, r.planned AS planned, r.denied AS denied
ORDER BY h.id, relation, t.id
