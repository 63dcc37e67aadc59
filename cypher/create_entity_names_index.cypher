// Full text of entity names; 'cjk' splits Chinese into overlapping pairs, so that any substring is found as a phrase.
// parameters: none
// columns: none
// access: write (schema)
CREATE FULLTEXT INDEX huitu_entity_names IF NOT EXISTS
FOR (n:Huitu) ON EACH [n.names]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
