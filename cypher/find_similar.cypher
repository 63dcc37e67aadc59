// Entities whose names share words or pairs of characters with a wording; of equals the most often named first.
// parameters: query (Lucene), types (list), limit
// columns: id, type, name, aliases, documents
// access: read
CALL db.index.fulltext.queryNodes('huitu_entity_names', $query, {limit: 500}) YIELD node AS e, score
WHERE e:Entity AND e.type IN $types
WITH e, score
ORDER BY score DESC, e.documents DESC, e.id
LIMIT $limit
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents
ORDER BY documents DESC, id
