// Removes the derived edges between pairs of entities.
// parameters: pairs (list of {a, b}, entity ids), relations (list of relationship types)
// columns: none
// access: write
UNWIND $pairs AS pair
MATCH (:Huitu:Entity {id: pair.a})-[r:$any($relations)]-(:Huitu:Entity {id: pair.b})
DELETE r
