// What an id stands for in a decision: an entity, a former id of one, or a mention.
// parameters: id, node (id of the node of the key of that id)
// columns: key, type, name, mention (its id, or null), document (id, or null), apart (whether it is set apart already)
// access: read
CALL {
  MATCH (e:Huitu:Entity {id: $id})
  RETURN 0 AS rank, e.id AS key, e.type AS type, e.name AS name, null AS mention, null AS document, false AS apart
  UNION
  MATCH (m:Huitu:Mention {id: $id})
  RETURN 0 AS rank, m.key AS key, m.type AS type, m.name AS name, m.id AS mention, m.document_id AS document,
    EXISTS { (:Huitu:Key {id: $node}) } AS apart
  UNION
  MATCH (m:Huitu:Mention {key: $id})
  WITH m ORDER BY m.id LIMIT 1
  RETURN 1 AS rank, m.key AS key, m.type AS type, m.name AS name, null AS mention, null AS document, false AS apart
  UNION
  MATCH (k:Huitu:Key {id: $node})
  MATCH (e:Huitu:Entity {id: k.entity})
  RETURN 2 AS rank, $id AS key, e.type AS type, e.name AS name, null AS mention, null AS document, false AS apart
}
RETURN key, type, name, mention, document, apart ORDER BY rank LIMIT 1
