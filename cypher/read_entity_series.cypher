// The series whose editions entities are, by links or by their mentions.
// parameters: ids (list of entity ids), keys (list of entity ids whose mentions are looked at too)
// columns: id
// access: read
CALL {
  UNWIND $ids AS id
  MATCH (:Huitu:Forum {id: id})-[:EDITION_OF]->(s:ForumSeries)
  RETURN s.id AS id
  UNION
  UNWIND $keys AS key
  MATCH (m:Huitu:Mention {key: key})
  WHERE m.series_id IS NOT NULL
  RETURN DISTINCT m.series_id AS id
}
RETURN DISTINCT id ORDER BY id
