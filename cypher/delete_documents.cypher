// Removes documents whose content has been removed.
// parameters: ids (list of document ids)
// columns: none
// access: write
MATCH (d:Huitu:Document)
WHERE d.id IN $ids
DETACH DELETE d
