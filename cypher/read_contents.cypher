// Everything that documents hold, as it was loaded.
// parameters: ids (list of document ids)
// columns: document (all properties), mentions (list of all properties), claims (list of {properties, subject, object,
//   at (mention ids; at may be null)})
// access: read
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
RETURN properties(d) AS document,
  COLLECT {
    MATCH (d)-[:MENTIONS]->(m:Mention)
    RETURN m{
      .*, ties: coalesce(m.ties, []), aliases: coalesce(m.aliases, []), starts: coalesce(m.starts, []),
      ends: coalesce(m.ends, [])
    }
    ORDER BY m.id
  } AS mentions,
  COLLECT {
    MATCH (d)-[:STATES]->(c:Claim)
    MATCH (c)-[:SUBJECT]->(s:Mention)
    MATCH (c)-[:OBJECT]->(o:Mention)
    OPTIONAL MATCH (c)-[:AT]->(f:Mention)
    RETURN {properties: properties(c), subject: s.id, object: o.id, at: f.id} ORDER BY c.start, c.id
  } AS claims
