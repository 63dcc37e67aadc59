// Records which documents are reprints of each other.
// parameters: pairs (list of {a, b}, document ids, a < b)
// columns: none
// access: write
UNWIND $pairs AS pair
MATCH (a:Huitu:Document {id: pair.a})
MATCH (b:Huitu:Document {id: pair.b})
MERGE (a)-[:REPRINTS]->(b)
