// How much of everything there is.
// parameters: relations (list)
// columns: documents, mentions, claims, entities, series, edges, first_date, last_date (of documents),
//   entities_by_type, edges_by_relation, claims_by_relation, claims_by_modality (lists of {name, count})
// access: read
CALL {
  MATCH (d:Huitu:Document)
  RETURN count(*) AS documents, min(d.date) AS first_date, max(d.date) AS last_date
}
RETURN documents, first_date, last_date,
  COUNT { (:Huitu:Mention) } AS mentions,
  COUNT { (:Huitu:Claim) } AS claims,
  COUNT { (:Huitu:Entity) } AS entities,
  COUNT { (:Huitu:ForumSeries) } AS series,
  COUNT { (:Huitu:Entity)-[:$any($relations)]->(:Huitu:Entity) } AS edges,
  COLLECT {
    MATCH (e:Huitu:Entity)
    WITH e.type AS name, count(*) AS rows ORDER BY name
    RETURN {name: name, count: rows}
  } AS entities_by_type,
  COLLECT {
    MATCH (:Huitu:Entity)-[r:$any($relations)]->(:Huitu:Entity)
    WITH type(r) AS name, count(*) AS rows ORDER BY name
    RETURN {name: name, count: rows}
  } AS edges_by_relation,
  COLLECT {
    MATCH (c:Huitu:Claim)
    WITH c.relation AS name, count(*) AS rows ORDER BY name
    RETURN {name: name, count: rows}
  } AS claims_by_relation,
  COLLECT {
    MATCH (c:Huitu:Claim)
    WITH c.modality AS name, count(*) AS rows ORDER BY name
    RETURN {name: name, count: rows}
  } AS claims_by_modality
