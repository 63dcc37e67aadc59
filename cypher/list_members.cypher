// The keys that were joined to one entity, each with the mentions that have it, the latest document first.
// parameters: id (of the entity), limit (mentions a key)
// columns: key, documents, mentions (list of {id, name, document (key), title, date, posts (list of {role, name})})
// access: read
MATCH (:Huitu:Entity {id: $id})<-[:DENOTES]-(m:Mention)
WITH m.key AS key, m
MATCH (d:Document)-[:MENTIONS]->(m)
WITH key, m, d ORDER BY coalesce(d.date, '') DESC, d.id
WITH key, count(DISTINCT d) AS documents, collect({m: m, d: d})[..$limit] AS best
RETURN key, documents, COLLECT {
  UNWIND best AS each
  WITH each.m AS m, each.d AS d
  RETURN {
    id: m.id, name: m.name, document: d.key, title: d.title, date: d.date,
    posts: COLLECT {
      MATCH (m)<-[:SUBJECT]-(c:Claim {relation: 'AFFILIATED_WITH'})-[:OBJECT]->(o:Mention)
      RETURN {role: c.role, name: o.name} ORDER BY c.start, o.name
    }
  }
} AS mentions
ORDER BY documents DESC, key
