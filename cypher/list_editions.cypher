// A page of the editions of a series, the earliest first; those without a date come last.
// parameters: id (of the series), dated, forum (key of the last row seen; '' for the first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, dated, speakers, attendees, edges
//   (list of {entity, head, relation, tail, properties}: of hosts and places)})
// access: read
MATCH (:Huitu:ForumSeries {id: $id})<-[:EDITION_OF]-(f:Forum)
WITH f, coalesce(COLLECT {
  MATCH (f)-[r:HELD_IN|HOSTED_BY|CO_HOSTED_BY|ORGANIZED_BY]->() WHERE r.first_date IS NOT NULL
  RETURN r.first_date ORDER BY r.first_date LIMIT 1
}[0], f.first_date, '9') AS dated
WITH collect({f: f, dated: dated}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.f AS f, each.dated AS dated
  WHERE [dated, f.id] > [$dated, $forum]
  WITH f, dated ORDER BY dated, f.id LIMIT $limit
  RETURN {
    entity: {id: f.id, type: f.type, name: f.name, aliases: f.aliases, documents: f.documents}, dated: dated,
    speakers: COUNT { (f)<-[:SPEAKER_AT]-(:Person) }, attendees: COUNT { (f)<-[:ATTENDED]-() },
    edges: COLLECT {
      MATCH (f)-[r:HOSTED_BY|CO_HOSTED_BY|ORGANIZED_BY|SUPPORTED_BY|HELD_IN]->(n:Entity)
      WITH r, n ORDER BY r.support DESC, n.id
      RETURN {
        entity: {id: n.id, type: n.type, name: n.name, aliases: n.aliases, documents: n.documents},
        head: f.id, relation: type(r), tail: n.id, properties: properties(r)
      }
    }
  }
} AS items
