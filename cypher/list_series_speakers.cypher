// A page of the people who spoke at several editions of a series, those at the most editions first.
// parameters: id (of the series), min_editions, statuses (list of 'held', 'planned'), editions (negative), person (key of the
//   last row seen; below all and '' for the first page), limit
// columns: total (integer), items (list of {entity: {id, type, name, aliases, documents}, editions, edges (list of {forum,
//   head, relation, tail, properties})})
// access: read
MATCH (:Huitu:ForumSeries {id: $id})<-[:EDITION_OF]-(f:Forum)<-[r:SPEAKER_AT]-(p:Person)
WHERE CASE WHEN r.support > 0 THEN 'held' ELSE 'planned' END IN $statuses
WITH p, collect({f: f, r: r}) AS spoke
WHERE size(spoke) >= $min_editions
WITH collect({p: p, spoke: spoke}) AS found
RETURN size(found) AS total, COLLECT {
  UNWIND found AS each
  WITH each.p AS p, each.spoke AS spoke, -size(each.spoke) AS editions
  WHERE [editions, p.id] > [$editions, $person]
  WITH p, spoke, editions ORDER BY editions, p.id LIMIT $limit
  RETURN {
    entity: {id: p.id, type: p.type, name: p.name, aliases: p.aliases, documents: p.documents}, editions: -editions,
    edges: COLLECT {
      UNWIND spoke AS one
      WITH one.f AS f, one.r AS r ORDER BY coalesce(r.first_date, '9'), f.id
      RETURN {
        forum: {id: f.id, type: f.type, name: f.name},
        head: p.id, relation: 'SPEAKER_AT', tail: f.id, properties: properties(r)
      }
    }
  }
} AS items
