// The records of erasures in the order in which they were done.
// parameters: none
// columns: id, kind, by, at, documents
// access: read
MATCH (r:Huitu:Erasure)
RETURN r.id AS id, r.kind AS kind, r.by AS by, r.at AS at, r.documents AS documents ORDER BY at, id
