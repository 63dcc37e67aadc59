// What the mentions of keys denote now, and the first document of each: by date, those without one last, then by id.
// parameters: keys (list of entity ids)
// columns: key, entity (id), date, document (id)
// access: read
UNWIND $keys AS key
// Labels at the other ends would let the planner of an almost empty database begin there, for each key anew.
MATCH (m:Huitu:Mention {key: key})
MATCH (m)-[:DENOTES]->(e)
MATCH (m)<-[:MENTIONS]-(d)
WITH key, e.id AS entity, min([coalesce(d.date, '9'), d.id]) AS first
RETURN key, entity, first[0] AS date, first[1] AS document
ORDER BY key, entity
