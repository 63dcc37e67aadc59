// Entities and edges that have gone after a revision and have not come back.
// parameters: since (revision), types (list of relationship types)
// columns: line
// access: read
MATCH (g:Huitu:Gone)
WHERE g.revision > $since AND CASE g.kind
  WHEN 'entity' THEN NOT EXISTS { (:Huitu:Entity {id: g.of[0]}) }
  ELSE NOT EXISTS {
    MATCH (:Huitu:Entity {id: g.of[0]})-[r:$any($types)]->(:Huitu:Entity {id: g.of[2]}) WHERE type(r) = g.of[1]
  }
END
RETURN CASE g.kind
  WHEN 'entity' THEN {change: 'gone', kind: 'entity', revision: g.revision, id: g.of[0]}
  ELSE {change: 'gone', kind: 'edge', revision: g.revision, head: g.of[0], relation: g.of[1], tail: g.of[2]}
END AS line
ORDER BY g.revision, g.id
