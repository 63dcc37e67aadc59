// How much of everything there is.
// parameters: types (list: of entities)
// columns: documents, mentions, claims, entities, series, edges, first_date, last_date (of documents),
//   entities_by_type, edges_by_relation, claims_by_relation, claims_by_modality (lists of {name, count})
// access: read
CALL {
  MATCH (d:Huitu:Document)
  RETURN count(*) AS documents, min(d.date) AS first_date, max(d.date) AS last_date
}
// Each type by itself and with one label: so Neo4j has the number at hand and walks no edge.
WITH documents, first_date, last_date, [
  {name: 'AFFILIATED_WITH', count: COUNT { (:Huitu)-[:AFFILIATED_WITH]->() }},
  {name: 'ANNOUNCED_AT', count: COUNT { (:Huitu)-[:ANNOUNCED_AT]->() }},
  {name: 'ATTENDED', count: COUNT { (:Huitu)-[:ATTENDED]->() }},
  {name: 'CO_HOSTED_BY', count: COUNT { (:Huitu)-[:CO_HOSTED_BY]->() }},
  {name: 'HELD_IN', count: COUNT { (:Huitu)-[:HELD_IN]->() }},
  {name: 'HOSTED_BY', count: COUNT { (:Huitu)-[:HOSTED_BY]->() }},
  {name: 'LAUNCHED', count: COUNT { (:Huitu)-[:LAUNCHED]->() }},
  {name: 'MEMBER_OF', count: COUNT { (:Huitu)-[:MEMBER_OF]->() }},
  {name: 'ORGANIZED_BY', count: COUNT { (:Huitu)-[:ORGANIZED_BY]->() }},
  {name: 'PART_OF', count: COUNT { (:Huitu)-[:PART_OF]->() }},
  {name: 'SIGNED_WITH', count: COUNT { (:Huitu)-[:SIGNED_WITH]->() }},
  {name: 'SPEAKER_AT', count: COUNT { (:Huitu)-[:SPEAKER_AT]->() }},
  {name: 'SUPPORTED_BY', count: COUNT { (:Huitu)-[:SUPPORTED_BY]->() }}
] AS every_relation
WITH documents, first_date, last_date, [each IN every_relation WHERE each.count > 0] AS by_relation
RETURN documents, first_date, last_date,
  COUNT { (:Huitu:Mention) } AS mentions,
  COUNT { (:Huitu:Claim) } AS claims,
  COUNT { (:Huitu:Entity) } AS entities,
  COUNT { (:Huitu:ForumSeries) } AS series,
  reduce(sum = 0, each IN by_relation | sum + each.count) AS edges,
  COLLECT {
    MATCH (e:Huitu)
    WHERE e.type IN $types AND e.documents IS NOT NULL AND e.id IS NOT NULL  // from the index of the ranks
    WITH e.type AS name, count(*) AS rows ORDER BY name
    RETURN {name: name, count: rows}
  } AS entities_by_type,
  by_relation AS edges_by_relation,
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
