// Links forums that are there to the series of which they are editions.
// parameters: rows (list of {forum, series}, ids)
// columns: none
// access: write
UNWIND $rows AS row
MATCH (f:Huitu:Forum {id: row.forum})
MATCH (s:Huitu:ForumSeries {id: row.series})
MERGE (f)-[:EDITION_OF]->(s)
