// Claims in the order of their ids.
// parameters: none
// columns: id, content (all properties, and the mentions they speak of)
// access: read
MATCH (n:Huitu:Claim)
MATCH (n)-[:SUBJECT]->(s:Mention)
MATCH (n)-[:OBJECT]->(o:Mention)
OPTIONAL MATCH (n)-[:AT]->(f:Mention)
RETURN n.id AS id, n{.*, subject: s.id, object: o.id, at: f.id} AS content ORDER BY id
