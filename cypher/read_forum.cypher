// A forum with its series and how many edges of each relation and direction it has.
// parameters: id, relations (list of relationship types)
// columns: series ({id, name, aliases, editions}, or null), counts (list of {relation, direction, count})
// access: read
MATCH (f:Huitu:Forum {id: $id})
RETURN head(COLLECT {
    MATCH (f)-[:EDITION_OF]->(s:ForumSeries)
    RETURN {id: s.id, name: s.name, aliases: s.aliases, editions: COUNT { (s)<-[:EDITION_OF]-() }}
  }) AS series,
  COLLECT {
    MATCH (f)-[r:$any($relations)]-(:Entity)
    WITH type(r) AS relation, CASE WHEN startNode(r) = f THEN 'out' ELSE 'in' END AS direction, count(*) AS edges
    RETURN {relation: relation, direction: direction, count: edges}
  } AS counts
