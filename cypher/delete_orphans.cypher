// Removes entities that no document names any more.
// parameters: ids (list of entity ids)
// columns: none
// access: write
MATCH (e:Huitu:Entity)
WHERE e.id IN $ids AND NOT EXISTS { (e)<-[:DENOTES]-(:Mention) }
DETACH DELETE e
