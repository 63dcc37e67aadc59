// A page of the entities that a full-text query of names or of pinyin finds: first those called just so (rank 0), then names
// that begin so (1), then other names (2); then those whose pinyin or initials are so (3), begin so (4), hold it (5). Within
// a rank the most often named first. Lucene's score is left out: it depends on the history of the index, so that the same
// graph could answer in different orders.
// parameters: query (Lucene), ids (entities whose key is the wording's), wording (lower case), pinyin (list of Lucene queries,
//   none or one), beginnings (list: how pinyin begins that is so from its beginning), initials (or ''), types (list),
//   date_from, date_to (YYYY-MM-DD or null: named by documents of these days), rank, documents, id (of the last row seen;
//   -1, 0, '' for the first page), limit
// columns: total (integer), items (list of {id, type, name, aliases, documents, rank}), types (list of {name, count}: of
//   all types), years (list of {name, count}: of the first document)
// access: read
CALL {
  CALL db.index.fulltext.queryNodes('huitu_entity_names', $query) YIELD node
  RETURN node AS e, true AS by_name
  UNION
  MATCH (e:Huitu:Entity)
  WHERE e.id IN $ids
  RETURN e, true AS by_name
  UNION
  UNWIND $pinyin AS query
  CALL db.index.fulltext.queryNodes('huitu_pinyin', query) YIELD node
  RETURN node AS e, false AS by_name
}
WITH e, true IN collect(by_name) AS by_name
// Pinyin is that of Chinese names; of Latin ones it would find any part.
WHERE (by_name OR any(name IN e.names WHERE name =~ '.*[一-鿿].*')) AND e:Entity AND ($date_from IS NULL OR e.last_date >= $date_from) AND ($date_to IS NULL OR e.first_date <= $date_to)
WITH e, CASE
  WHEN e.id IN $ids OR any(name IN e.names WHERE toLower(name) = $wording) THEN 0
  WHEN any(name IN e.names WHERE toLower(name) STARTS WITH $wording) THEN 1
  WHEN by_name THEN 2
  WHEN any(key IN e.pinyin WHERE key ENDS WITH '$ ' + $initials OR any(start IN $beginnings WHERE key STARTS WITH start + '$')) THEN 3
  WHEN any(key IN e.pinyin WHERE key CONTAINS '$ ' + $initials OR any(start IN $beginnings WHERE key STARTS WITH start)) THEN 4
  ELSE 5
END AS rank
WITH collect({e: e, rank: rank}) AS hits
WITH hits, [hit IN hits WHERE hit.e.type IN $types] AS wanted
RETURN size(wanted) AS total,
  COLLECT { UNWIND hits AS hit WITH hit.e.type AS name, count(*) AS rows RETURN {name: name, count: rows} ORDER BY name } AS types,
  COLLECT {
    UNWIND wanted AS hit
    WITH left(hit.e.first_date, 4) AS name, count(*) AS rows
    WHERE name IS NOT NULL
    RETURN {name: name, count: rows} ORDER BY name
  } AS years,
  COLLECT {
    UNWIND wanted AS hit
    WITH hit.e AS e, hit.rank AS rank
    WHERE [rank, -e.documents, e.id] > [$rank, -$documents, $id]
    WITH e, rank ORDER BY rank, e.documents DESC, e.id LIMIT $limit
    RETURN {id: e.id, type: e.type, name: e.name, aliases: e.aliases, documents: e.documents, rank: rank}
  } AS items
