// Derives the names of entities from their mentions: shown is the name most documents use, then the longest, then the
// first in code order; the other names are aliases.
// parameters: ids (list of entity ids)
// columns: none
// access: write
MATCH (e:Huitu:Entity)
WHERE e.id IN $ids
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
  MATCH (e)<-[:DENOTES]-(m:Mention)
  RETURN count(DISTINCT m.document_id) AS documents
}
SET e.name = name, e.aliases = aliases, e.names = [name] + aliases, e.documents = documents
