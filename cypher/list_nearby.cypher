// A page of the entities up to three edges away from one, the nearest first.
// parameters: id, depth (1 to 3), relations (list), types (list), distance, other (key of the last row seen; 0 and '' for the
//   first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, distance})
// access: read
MATCH (e:Huitu:Entity {id: $id})
CALL (e) {
  MATCH (e)-[:$any($relations)]-(n:Huitu:Entity)
  RETURN collect(DISTINCT n) AS first
}
CALL (e, first) {
  UNWIND CASE WHEN $depth > 1 THEN first ELSE [] END AS m
  MATCH (m)-[:$any($relations)]-(n:Huitu:Entity)
  WITH DISTINCT n, e, first
  WHERE n <> e AND NOT n IN first
  RETURN collect(n) AS second
}
CALL (e, first, second) {
  UNWIND CASE WHEN $depth > 2 THEN second ELSE [] END AS m
  MATCH (m)-[:$any($relations)]-(n:Huitu:Entity)
  WITH DISTINCT n, e, first, second
  WHERE n <> e AND NOT n IN first AND NOT n IN second
  RETURN collect(n) AS third
}
WITH [n IN first WHERE n.type IN $types | {n: n, distance: 1}] + [n IN second WHERE n.type IN $types | {n: n, distance: 2}]
  + [n IN third WHERE n.type IN $types | {n: n, distance: 3}] AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.n AS n, each.distance AS distance
  WHERE [distance, n.id] > [$distance, $other]
  WITH n, distance ORDER BY distance, n.id LIMIT $limit
  RETURN {
    entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents}, distance: distance
  }
} AS items
