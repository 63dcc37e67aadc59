// Mentions in the order of their ids.
// parameters: none
// columns: id, content (all properties, and the entity they denote)
// access: read
MATCH (n:Huitu:Mention)
MATCH (n)-[:DENOTES]->(e:Entity)
RETURN n.id AS id, n{.*, entity: e.id} AS content ORDER BY id
