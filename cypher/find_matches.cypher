// For each of many wordings, entities that are called so or that it is a key of, and those with a similar name.
// parameters: rows (list of {number, query (Lucene), wordings (list, lower case), ids (of entities), nodes (of keys),
//   similar (Lucene), types (list)}), limit
// columns: number, id, type, name, aliases, documents, first_date, last_date,
//   tier (0: by key, 1: by the name shown, 2: by another name, 3: similar),
//   posts (of people: list of {organization, role, first_date, last_date})
// access: read
UNWIND $rows AS row
CALL (row) {
  CALL (row) {
    MATCH (e:Huitu:Entity)
    WHERE e.id IN row.ids
    RETURN e, 0 AS tier
    UNION
    MATCH (k:Huitu:Key)
    WHERE k.id IN row.nodes
    MATCH (e:Huitu:Entity {id: k.entity})
    RETURN e, 0 AS tier
    UNION
    CALL db.index.fulltext.queryNodes('huitu_entity_names', row.query) YIELD node AS e
    WHERE e:Entity AND any(name IN e.names WHERE toLower(name) IN row.wordings)
    RETURN e, CASE WHEN toLower(e.name) IN row.wordings THEN 1 ELSE 2 END AS tier
    UNION
    CALL db.index.fulltext.queryNodes('huitu_entity_names', row.similar, {limit: 100}) YIELD node AS e
    WHERE e:Entity
    RETURN e, 3 AS tier
  }
  WITH row, e, min(tier) AS tier
  WHERE e.type IN row.types
  WITH e, tier
  ORDER BY tier, e.documents DESC, e.id
  LIMIT $limit
  RETURN e, tier
}
RETURN row.number AS number, e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases,
  e.documents AS documents, e.first_date AS first_date, e.last_date AS last_date, tier,
  COLLECT {
    MATCH (e:Person)-[r:AFFILIATED_WITH]->(o:Entity)
    WITH o, r ORDER BY r.support DESC, o.id LIMIT 10
    UNWIND CASE WHEN r.roles = [] THEN [null] ELSE r.roles END AS role
    RETURN {organization: o.name, role: role, first_date: r.first_date, last_date: r.last_date}
  } AS posts
ORDER BY number, tier, documents DESC, id
