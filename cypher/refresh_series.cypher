// Derives the names of series from the mentions of their editions, without year and ordinal: shown is the one most
// documents use, then the longest, then the first in code order; the others are aliases.
// parameters: ids (list of series ids)
// columns: id, names
// access: write
MATCH (s:Huitu:ForumSeries)
WHERE s.id IN $ids
CALL (s) {
  MATCH (s)<-[:EDITION_OF]-(:Forum)<-[:DENOTES]-(m:Mention)
  WHERE m.series IS NOT NULL
  WITH m.series AS name, count(*) AS uses
  ORDER BY uses DESC, size(name) DESC, name
  RETURN collect(name) AS names
}
SET s.name = names[0], s.aliases = COLLECT { UNWIND names[1..] AS alias RETURN alias ORDER BY alias }
RETURN s.id AS id, names
