// What the mentions of entities call them, how many documents each name, and between which dates.
// parameters: ids (list of entity ids)
// columns: id, uses (list of {name, documents}), aliases, keys, documents, first_date, last_date
// access: read
UNWIND $ids AS id
MATCH (e:Huitu:Entity {id: id})
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  WITH m.name AS name, count(*) AS documents
  RETURN collect({name: name, documents: documents}) AS uses
}
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  UNWIND m.aliases AS alias
  RETURN collect(DISTINCT alias) AS aliases
}
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)
  RETURN collect(DISTINCT m.key) AS keys
}
CALL (e) {
  MATCH (e)<-[:DENOTES]-(m:Mention)<-[:MENTIONS]-(d:Document)
  RETURN count(DISTINCT d) AS documents, min(d.date) AS first_date, max(d.date) AS last_date
}
RETURN id, uses, aliases, keys, documents, first_date, last_date
