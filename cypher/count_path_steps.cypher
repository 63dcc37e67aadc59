// How many edges there are two away from two entities: what a search for paths between them walks from both ends.
// parameters: head, tail (entity ids), relations (list)
// columns: edges (integer)
// access: read
UNWIND [$head, $tail] AS id
MATCH (:Huitu:Entity {id: id})-[:$any($relations)]-(m:Huitu:Entity)
WITH DISTINCT id, m
RETURN sum(COUNT { (m)-[:$any($relations)]-() }) AS edges
