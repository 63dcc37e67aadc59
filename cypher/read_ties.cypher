// What mentions tie: each list of keys with the number of independent documents that say so.
// parameters: ids (list of key ids)
// columns: type, name (the first in code order), ties (list of entity ids), weak, documents
// access: read
UNWIND $ids AS id
MATCH (:Huitu:Key {id: id})<-[:TIES]-(m:Mention)
WITH DISTINCT m
MATCH (d:Document)-[:MENTIONS]->(m)
RETURN m.type AS type, min(m.name) AS name, m.ties AS ties, m.weak IS NOT NULL AS weak,
  count(DISTINCT coalesce(d.cluster, d.id)) AS documents
