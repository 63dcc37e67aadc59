// What is known of each entity, in the order of ids: `graph.candidates` compares entities by it.
// parameters: relations (list of relationship types)
// columns: id, type, name, aliases, documents, first_date, last_date, neighbours (list of ids), forums (of people: ids),
//   posts (of people: list of {organization, role, first_date, last_date}, the dates those of documents that say so)
// access: read
MATCH (e:Huitu:Entity)
RETURN e.id AS id, e.type AS type, e.name AS name, e.aliases AS aliases, e.documents AS documents,
  e.first_date AS first_date, e.last_date AS last_date,
  COLLECT { MATCH (e)-[:$any($relations)]-(n:Entity) RETURN DISTINCT n.id AS id ORDER BY id } AS neighbours,
  COLLECT { MATCH (e:Person)-[:SPEAKER_AT|ATTENDED]->(f:Forum) RETURN DISTINCT f.id AS id ORDER BY id } AS forums,
  COLLECT {
    MATCH (e:Person)<-[:DENOTES]-(:Mention)<-[:SUBJECT]-(c:Claim {relation: 'AFFILIATED_WITH'})
    WHERE c.modality <> 'denied' AND coalesce(c.status, '') <> 'rejected'
    MATCH (c)-[:OBJECT]->(:Mention)-[:DENOTES]->(o:Entity)
    MATCH (d:Document)-[:STATES]->(c)
    WITH o.name AS organization, c.role AS role, min(d.date) AS first_date, max(d.date) AS last_date
    ORDER BY organization, role
    RETURN {organization: organization, role: role, first_date: first_date, last_date: last_date}
  } AS posts
ORDER BY id
