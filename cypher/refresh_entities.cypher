// Derives what entities are from their mentions: shown is the name most documents use, then the longest, then the first
// in code order; the other names are aliases. Former ids are those of the keys that were joined to it. What has not
// changed is left as it is.
// parameters: ids (list of entity ids), revision
// columns: id, names (of those that have changed)
// access: write
UNWIND $ids AS id
MATCH (e:Huitu:Entity {id: id})
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  WITH m.name AS name, count(*) AS uses
  ORDER BY uses DESC, size(name) DESC, name
  LIMIT 1
  RETURN name
}
CALL (e, name) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  UNWIND [m.name] + m.aliases AS alias
  WITH DISTINCT alias, name
  WHERE alias <> name
  ORDER BY alias
  RETURN collect(alias) AS aliases
}
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)<-[:MENTIONS]-(d:Document)
  RETURN count(DISTINCT d) AS documents, min(d.date) AS first_date, max(d.date) AS last_date
}
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  WITH DISTINCT m.key AS key, e
  WHERE key <> e.id
  ORDER BY key
  RETURN collect(key) AS former
}
WITH e, {
  name: name, aliases: aliases, names: [name] + aliases, documents: documents, former: former,
  first_date: first_date, last_date: last_date
} AS new
WHERE e.added_in IS NULL OR e.pinyin IS NULL
  OR any(key IN keys(new) WHERE (e[key] IS NULL) <> (new[key] IS NULL) OR coalesce(e[key] <> new[key], false))
SET e += new, e.added_in = coalesce(e.added_in, $revision), e.changed_in = $revision
RETURN e.id AS id, e.names AS names
