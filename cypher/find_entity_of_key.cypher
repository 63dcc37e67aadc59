// The entity that a key denotes.
// parameters: node (id of the node of the key)
// columns: entity (id)
// access: read
MATCH (k:Huitu:Key {id: $node})
MATCH (e:Huitu:Entity {id: k.entity})
RETURN e.id AS entity
