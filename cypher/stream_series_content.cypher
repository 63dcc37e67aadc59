// Series of forums in the order of their ids.
// parameters: none
// columns: id, content (all properties, and their editions)
// access: read
MATCH (n:Huitu:ForumSeries)
RETURN n.id AS id, n{.*, editions: COLLECT { MATCH (n)<-[:EDITION_OF]-(f:Forum) RETURN f.id ORDER BY f.id }} AS content
ORDER BY id
