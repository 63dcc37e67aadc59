// Links forums to the series of which they are editions: the one that most of their mentions name, then the first by id.
// parameters: ids (list of entity ids)
// columns: none
// access: write
UNWIND $ids AS id
MATCH (f:Huitu:Forum {id: id})
OPTIONAL MATCH (f)-[old:EDITION_OF]->(before:ForumSeries)
WITH f, old, before, head(COLLECT {
  MATCH (f)<-[:DENOTES]-(m:Mention)
  WHERE m.series_id IS NOT NULL
  WITH m.series_id AS series, count(*) AS uses
  RETURN series ORDER BY uses DESC, series LIMIT 1
}) AS series
WHERE coalesce(before.id, '') <> coalesce(series, '')
DELETE old
WITH f, series
WHERE series IS NOT NULL
MATCH (s:Huitu:ForumSeries {id: series})
CREATE (f)-[:EDITION_OF]->(s)
