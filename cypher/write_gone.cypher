// Records what a revision took away.
// parameters: rows (list of {id, kind, of (list of what it was: an id, or head, relation, tail)}), revision
// columns: none
// access: write
UNWIND $rows AS row
MERGE (g:Huitu:Gone {id: row.id})
SET g.kind = row.kind, g.of = row.of, g.revision = $revision
