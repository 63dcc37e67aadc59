// Derived edges added or changed after a revision, in the order of their ends and types.
// parameters: since (revision), types (list of relationship types)
// columns: line
// access: read
MATCH (h:Huitu:Entity)-[r:$any($types)]->(t:Huitu:Entity)
WHERE r.changed_in > $since
RETURN {
  change: CASE WHEN r.added_in > $since THEN 'added' ELSE 'changed' END, kind: 'edge', revision: r.changed_in,
  head: h.id, relation: type(r), tail: t.id, support: r.support, planned: r.planned, denied: r.denied,
  confidence: r.confidence, roles: r.roles, first_date: r.first_date, last_date: r.last_date
} AS line
ORDER BY h.id, type(r), t.id
