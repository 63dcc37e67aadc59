// One entity with what is known of it: documents, claims as subject or object, edges by relation and direction.
// parameters: id, relations (list of relationship types)
// columns: id, type, name, aliases, former, documents, claims, first_date, last_date (of its documents),
//   relations (list of {relation, direction, count}), series (null, or {id, name, editions: list of {id, type, name}})
// access: read
MATCH (e:Huitu:Entity {id: $id})
CALL (e) {
  OPTIONAL MATCH (e)<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim)
  RETURN count(DISTINCT c) AS claims
}
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.former AS former, e.documents AS documents, claims,
  e.first_date AS first_date, e.last_date AS last_date,
  COLLECT {
    MATCH (e)-[r:$any($relations)]-(:Entity)
    WITH type(r) AS relation, CASE WHEN startNode(r) = e THEN 'out' ELSE 'in' END AS direction, count(*) AS edges
    ORDER BY relation, direction
    RETURN {relation: relation, direction: direction, count: edges}
  } AS relations,
  head(COLLECT {
    MATCH (e)-[:EDITION_OF]->(s:ForumSeries)
    RETURN {id: s.id, name: s.name, editions: COLLECT {
      MATCH (s)<-[:EDITION_OF]-(f:Forum)
      RETURN {id: f.id, type: f.type, name: f.name} ORDER BY f.name, f.id
    }}
  }) AS series
