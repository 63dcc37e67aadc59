// A page of the entities that a full-text query finds: first those called just so (rank 0), then names that begin so
// (1), then the rest (2); within a rank the most often named first. Lucene's score is left out: it depends on the
// history of the index, so that the same graph could answer in different orders.
// parameters: query (Lucene), ids (entities whose key is the wording's), wording (lower case), types (list),
//   rank, documents, id (of the last row seen; -1, 0, '' for the first page), limit
// columns: total (integer), items (list of {id, type, name, aliases, documents, rank})
// access: read
CALL {
  CALL db.index.fulltext.queryNodes('huitu_entity_names', $query) YIELD node
  RETURN node AS e
  UNION
  MATCH (e:Huitu:Entity)
  WHERE e.id IN $ids
  RETURN e
}
WITH e
WHERE e:Entity AND e.type IN $types
WITH e, CASE
  WHEN e.id IN $ids OR any(name IN e.names WHERE toLower(name) = $wording) THEN 0
  WHEN any(name IN e.names WHERE toLower(name) STARTS WITH $wording) THEN 1
  ELSE 2
END AS rank
WITH collect({e: e, rank: rank}) AS hits
WITH hits, size(hits) AS total
RETURN total, COLLECT {
  UNWIND hits AS hit
  WITH hit.e AS e, hit.rank AS rank
  WHERE [rank, -e.documents, e.id] > [$rank, -$documents, $id]
  WITH e, rank ORDER BY rank, e.documents DESC, e.id LIMIT $limit
  RETURN {id: e.id, type: e.type, name: e.name, aliases: e.aliases, documents: e.documents, rank: rank}
} AS items
