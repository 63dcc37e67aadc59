// Entities added or changed after a revision, in the order of their ids.
// parameters: since (revision)
// columns: line
// access: read
MATCH (e:Huitu:Entity)
WHERE e.changed_in > $since
RETURN {
  change: CASE WHEN e.added_in > $since THEN 'added' ELSE 'changed' END, kind: 'entity', revision: e.changed_in,
  id: e.id, type: e.type, name: e.name, aliases: e.aliases, former: e.former, documents: e.documents
} AS line
ORDER BY e.id
