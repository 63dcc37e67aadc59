// The series of forums that a full-text query of names or of pinyin finds, those with the most editions first.
// parameters: query (Lucene), pinyin (list of Lucene queries, none or one), limit
// columns: id, name, aliases, editions
// access: read
CALL {
  CALL db.index.fulltext.queryNodes('huitu_series_names', $query) YIELD node AS s
  RETURN s
  UNION
  UNWIND $pinyin AS query
  CALL db.index.fulltext.queryNodes('huitu_pinyin', query) YIELD node AS s
  RETURN s
}
WITH s
WHERE s:Huitu AND s:ForumSeries
RETURN s.id AS id, s.name AS name, s.aliases AS aliases, COUNT { (s)<-[:EDITION_OF]-() } AS editions
ORDER BY editions DESC, id
LIMIT $limit
