// A person, by a present or a former id, with all mentions.
// parameters: id, node (id of the node of the key of that id)
// columns: id, mentions (list of all properties)
// access: read
OPTIONAL MATCH (k:Huitu:Key {id: $node})
WITH coalesce(k.entity, $id) AS former
MATCH (e:Huitu:Person)
WHERE e.id IN [$id, former]
WITH e ORDER BY e.id = $id DESC LIMIT 1
RETURN e.id AS id, COLLECT {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  RETURN m{.*, ties: coalesce(m.ties, []), aliases: coalesce(m.aliases, [])} ORDER BY m.id
} AS mentions
