// How many claims list_entity_claims lists over all pages.
// parameters: id, relations, modalities
// columns: count
// access: read
MATCH (:Huitu:Entity {id: $id})<-[:DENOTES]-(:Mention)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.relation IN $relations AND c.modality IN $modalities
RETURN count(DISTINCT c) AS count
