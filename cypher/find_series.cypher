// Series of forums by id or by name, the ones with the most editions first.
// parameters: ids (list), query (Lucene), wordings (list, lower case)
// columns: id, name, aliases, editions (integer), tier (0: by id, 1: by the name shown, 2: by another name)
// access: read
CALL {
  MATCH (s:Huitu:ForumSeries)
  WHERE s.id IN $ids
  RETURN s, 0 AS tier
  UNION
  CALL db.index.fulltext.queryNodes('huitu_series_names', $query) YIELD node AS s
  WHERE s:Huitu AND any(name IN [s.name] + s.aliases WHERE toLower(name) IN $wordings)
  RETURN s, CASE WHEN toLower(s.name) IN $wordings THEN 1 ELSE 2 END AS tier
}
WITH s, min(tier) AS tier
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, COUNT { (s)<-[:EDITION_OF]-() } AS editions, tier
ORDER BY tier, editions DESC, id
LIMIT 20
