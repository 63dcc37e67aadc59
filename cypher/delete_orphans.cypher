// Removes entities that no document names any more.
// parameters: ids (list of entity ids)
// columns: id, of those that were there and told to others: had a revision
// access: write
UNWIND $ids AS id
MATCH (e:Huitu:Entity {id: id})
WHERE NOT EXISTS { (e)<-[:DENOTES]-(:Mention) }
WITH e, e.id AS id, e.added_in AS added
DETACH DELETE e
WITH id, added WHERE added IS NOT NULL
RETURN id
