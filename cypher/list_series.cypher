// A page of the series of forums, those with the most editions first.
// parameters: min_editions, editions (negative), series (key of the last row seen; below all and '' for the first page), limit
// columns: total (integer), items (list of {id, name, aliases, editions})
// access: read
MATCH (s:Huitu:ForumSeries)
WITH s, COUNT { (s)<-[:EDITION_OF]-() } AS editions
WHERE editions >= $min_editions
WITH collect({s: s, editions: editions}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.s AS s, -each.editions AS editions
  WHERE [editions, s.id] > [$editions, $series]
  WITH s, editions ORDER BY editions, s.id LIMIT $limit
  RETURN {id: s.id, name: s.name, aliases: s.aliases, editions: -editions}
} AS items
