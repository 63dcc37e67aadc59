// A page of the entities that two others are both related to, those with the most support on both sides first.
// parameters: one, other (entity ids), relations (list), types (list, of the neighbours), support (negative), id (key of the
//   last row seen; below all and '' for the first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, support, one, other (lists of edges
//   {head, relation, tail, properties})})
// access: read
MATCH (a:Huitu:Entity {id: $one})-[r:$any($relations)]-(n:Huitu:Entity)
WHERE n.type IN $types AND n.id <> $other
WITH n, collect(r) AS one
MATCH (b:Huitu:Entity {id: $other})-[r:$any($relations)]-(n)
WITH n, one, collect(r) AS other
WITH n, one, other, -reduce(sum = 0, r IN one + other | sum + r.support) AS support
WITH collect({n: n, one: one, other: other, support: support}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.n AS n, each.one AS one, each.other AS other, each.support AS support
  WHERE [support, n.id] > [$support, $id]
  WITH n, one, other, support ORDER BY support, n.id LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}, support: support,
    one: COLLECT {
      UNWIND one AS r
      RETURN {head: startNode(r).id, relation: type(r), tail: endNode(r).id, properties: properties(r)} ORDER BY type(r)
    },
    other: COLLECT {
      UNWIND other AS r
      RETURN {head: startNode(r).id, relation: type(r), tail: endNode(r).id, properties: properties(r)} ORDER BY type(r)
    }
  }
} AS items
