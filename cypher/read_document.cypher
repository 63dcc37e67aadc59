// One document with its text and the entities it names.
// parameters: id
// columns: id, key, title, date, source, url, text, claims (integer), mentions (list of
//   {entity: {id, type, name, aliases, documents}, name, starts, ends})
// access: read
MATCH (d:Huitu:Document {id: $id})
RETURN d.id AS id, d.key AS key, d.title AS title, d.date AS date, d.source AS source, d.url AS url, d.text AS text,
  COUNT { (d)-[:STATES]->() } AS claims,
  COLLECT {
    MATCH (d)-[:MENTIONS]->(m)-[:DENOTES]->(e)
    WITH m, e ORDER BY e.type, e.id, m.id
    RETURN {entity: {id: e.id, type: e.type, name: e.name, aliases: e.aliases, documents: e.documents},
      name: m.name, starts: coalesce(m.starts, []), ends: coalesce(m.ends, [])}
  } AS mentions
