// Which of the mentions someone has set apart from what others call by their names.
// parameters: ids (list of key ids made from mention ids)
// columns: id
// access: read
UNWIND $ids AS id
MATCH (k:Huitu:Key {id: id})
RETURN k.id AS id
