// Writes what entities are called and when they are named, where that has changed.
// parameters: rows (list of {id, properties}), revision
// columns: none
// access: write
UNWIND $rows AS row
MATCH (e:Huitu:Entity {id: row.id})
WITH e, row.properties AS new
WHERE e.added_in IS NULL
  OR any(key IN keys(new) WHERE (e[key] IS NULL) <> (new[key] IS NULL) OR coalesce(e[key] <> new[key], false))
SET e += new, e.added_in = coalesce(e.added_in, $revision), e.changed_in = $revision
