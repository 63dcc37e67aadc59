// Which of some people and sources were erased.
// parameters: ids (list of ids of erased keys and sources)
// columns: id
// access: read
UNWIND $ids AS id
MATCH (z:Huitu:Erased {id: id})
RETURN z.id AS id
