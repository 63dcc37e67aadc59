// Entities that are called just so, or that are the thing for which a name is a key, the most often named first.
// parameters: query (Lucene), wordings (list, lower case), ids (of entities), nodes (of keys), types (list), limit
// columns: id, type, name, aliases, documents, tier (0: by key, 1: by the name shown, 2: by another name),
//   posts (of people: list of texts)
// access: read
CALL {
  MATCH (e:Huitu:Entity)
  WHERE e.id IN $ids
  RETURN e, 0 AS tier
  UNION
  MATCH (k:Huitu:Key)
  WHERE k.id IN $nodes
  MATCH (e:Huitu:Entity {id: k.entity})
  RETURN e, 0 AS tier
  UNION
  CALL db.index.fulltext.queryNodes('huitu_entity_names', $query) YIELD node AS e
  WHERE e:Entity AND any(name IN e.names WHERE toLower(name) IN $wordings)
  RETURN e, CASE WHEN toLower(e.name) IN $wordings THEN 1 ELSE 2 END AS tier
}
WITH e, min(tier) AS tier
WHERE e.type IN $types
WITH e, tier
ORDER BY tier, e.documents DESC, e.id
LIMIT $limit
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents, tier,
  COLLECT {
    MATCH (e:Person)-[r:AFFILIATED_WITH]->(o:Entity)
    WITH o, r ORDER BY r.support DESC, o.id LIMIT 3
    RETURN o.name + reduce(text = '', role IN r.roles | text + ' ' + role)
  } AS posts
ORDER BY tier, documents DESC, id
