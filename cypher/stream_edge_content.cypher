// Derived edges in the order of their ends and types.
// parameters: types (list of relationship types)
// columns: id, content (all properties, and the ends)
// access: read
MATCH (h:Huitu:Entity)-[r:$any($types)]->(t:Huitu:Entity)
RETURN h.id + ' ' + type(r) + ' ' + t.id AS id, r{.*, head: h.id, relation: type(r), tail: t.id} AS content
ORDER BY id
