// How many edges list_nearby would walk at its last distance, or at the first distance where they are more than a limit.
// parameters: id, depth (1 to 3), relations: as for list_nearby; most (the limit)
// columns: edges (integer)
// access: read
MATCH (e:Huitu:Entity {id: $id})
WITH e, COUNT { (e)-[:$any($relations)]-() } AS one
CALL (e, one) {
  WITH e, one WHERE $depth > 1 AND one <= $most
  MATCH (e)-[:$any($relations)]-(m:Huitu:Entity)
  WITH DISTINCT m
  RETURN sum(COUNT { (m)-[:$any($relations)]-() }) AS two
}
CALL (e, two) {
  WITH e, two WHERE $depth > 2 AND two <= $most AND two > 0
  MATCH (e)-[:$any($relations)]-(m:Huitu:Entity)
  WITH DISTINCT m
  MATCH (m)-[:$any($relations)]-(k:Huitu:Entity)
  WITH DISTINCT k
  RETURN sum(COUNT { (k)-[:$any($relations)]-() }) AS three
}
RETURN CASE WHEN three > 0 THEN three WHEN two > 0 THEN two ELSE one END AS edges
