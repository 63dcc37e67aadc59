// Mentions in the order of their ids; the lists that a mention does not have are empty.
// parameters: none
// columns: id, content (all properties, and the entity they denote)
// access: read
MATCH (n:Huitu:Mention)
MATCH (n)-[:DENOTES]->(e:Entity)
RETURN n.id AS id, n{
  .*, entity: e.id, ties: coalesce(n.ties, []), aliases: coalesce(n.aliases, []), starts: coalesce(n.starts, []),
  ends: coalesce(n.ends, [])
} AS content
ORDER BY id
