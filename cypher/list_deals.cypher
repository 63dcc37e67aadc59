// A page of what claims say was done at a forum: of each edge how many documents say so, the most first.
// parameters: id (of the forum), parts (whether what was done at its sub-forums counts), relations (list), symmetric (list of relationship types), status ('held', 'planned' or null
//   for both), documents (negative), relation, head, tail (key of the last row seen; below all and '' for the first page),
//   limit, evidence (claims an edge)
// columns: total (integer), items (list of {head, tail ({id, type, name, aliases, documents}), relation, held, documents,
//   claims (ids)})
// access: read
MATCH (:Huitu:Forum {id: $id})<-[:PART_OF*0..1]-(f:Forum)
WHERE $parts OR f.id = $id
MATCH (f)<-[:DENOTES]-(:Mention)<-[:AT]-(c:Claim)
WHERE c.relation IN $relations AND c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
WITH DISTINCT c
MATCH (c)-[:SUBJECT]->(:Mention)-[:DENOTES]->(s:Entity)
MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
WHERE s <> o
MATCH (d:Document)-[:STATES]->(c)
WITH c, d, CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN o ELSE s END AS head,
  CASE WHEN c.relation IN $symmetric AND s.id > o.id THEN s ELSE o END AS tail
ORDER BY CASE c.modality WHEN 'held' THEN 0 ELSE 1 END, c.confidence DESC, coalesce(d.date, '9'), c.id
WITH head, tail, c.relation AS relation, 'held' IN collect(c.modality) AS held,
  count(DISTINCT coalesce(d.cluster, d.id)) AS documents, collect(c.id)[..$evidence] AS claims
WHERE $status IS NULL OR $status = CASE WHEN held THEN 'held' ELSE 'planned' END
WITH collect({head: head, tail: tail, relation: relation, held: held, documents: documents, claims: claims}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each, each.head AS h, each.tail AS t
  WITH each, h, t, [-each.documents, each.relation, h.id, t.id] AS key
  WHERE key > [$documents, $relation, $head, $tail]
  WITH each, h, t, key ORDER BY key LIMIT $limit
  RETURN {
    head: {id: h.id, type: h.type, name: h.name, aliases: h.aliases, documents: h.documents},
    tail: {id: t.id, type: t.type, name: t.name, aliases: t.aliases, documents: t.documents},
    relation: each.relation, held: each.held, documents: each.documents, claims: each.claims
  }
} AS items
