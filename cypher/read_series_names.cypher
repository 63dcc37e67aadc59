// What the mentions of their editions call series, without year and ordinal, and how many documents use each name.
// parameters: ids (list of series ids)
// columns: id, uses (list of {name, documents})
// access: read
MATCH (s:Huitu:ForumSeries)
WHERE s.id IN $ids
CALL (s) {
  MATCH (s)<-[:EDITION_OF]-(:Forum)<-[:DENOTES]-(m:Mention)
  WHERE m.series IS NOT NULL
  WITH m.series AS name, count(*) AS documents
  RETURN collect({name: name, documents: documents}) AS uses
}
RETURN s.id AS id, uses
