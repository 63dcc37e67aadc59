// Removes decisions on a person, and corrections that name the person.
// parameters: keys (list of keys), mentions (list of mention ids), names (list)
// columns: none
// access: write
CALL {
  MATCH (n:Huitu:Decision)
  WHERE n.a_key IN $keys OR n.b_key IN $keys OR n.a IN $mentions OR n.b IN $mentions
    OR any(name IN $names WHERE n.a_name CONTAINS name OR n.b_name CONTAINS name OR n.why CONTAINS name)
  OPTIONAL MATCH (n)-[:TIES|SPLITS]->(k:Key)
  SET k.type = k.type, k:Unresolved
  WITH DISTINCT n
  DETACH DELETE n
}
CALL {
  MATCH (n:Huitu:Correction)
  WHERE any(name IN $names WHERE n.changes CONTAINS name OR n.why CONTAINS name OR n.document CONTAINS name)
  DELETE n
}
