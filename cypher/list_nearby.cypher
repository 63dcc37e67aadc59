// A page of the entities up to three edges away from one, the nearest first.
// parameters: id, depth (1 to 3), relations (list), types (list), distance, other (key of the last row seen; 0 and '' for the
//   first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, distance})
// access: read
MATCH (e:Huitu:Entity {id: $id})
// Each distance by itself, the nearest of them afterwards: what is reached is never looked for in a list of what was before.
CALL (e) {
  RETURN e AS n, 0 AS distance
  UNION ALL
  MATCH (e)-[:$any($relations)]-(n:Huitu:Entity)
  RETURN DISTINCT n, 1 AS distance
  UNION ALL
  MATCH (e)-[:$any($relations)]-(m:Huitu:Entity)
  WHERE $depth > 1
  WITH DISTINCT m
  MATCH (m)-[:$any($relations)]-(n:Huitu:Entity)
  RETURN DISTINCT n, 2 AS distance
  UNION ALL
  MATCH (e)-[:$any($relations)]-(m:Huitu:Entity)
  WHERE $depth > 2
  WITH DISTINCT m
  MATCH (m)-[:$any($relations)]-(k:Huitu:Entity)
  WITH DISTINCT k
  MATCH (k)-[:$any($relations)]-(n:Huitu:Entity)
  RETURN DISTINCT n, 3 AS distance
}
WITH n, min(distance) AS distance
WHERE distance > 0 AND n.type IN $types
WITH collect({n: n, distance: distance}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.n AS n, each.distance AS distance
  WHERE [distance, n.id] > [$distance, $other]
  WITH n, distance ORDER BY distance, n.id LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}, distance: distance
  }
} AS items
