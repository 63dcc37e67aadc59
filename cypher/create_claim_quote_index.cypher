// Full text of the quotes behind claims.
// parameters: none
// columns: none
// access: write (schema)
CREATE FULLTEXT INDEX huitu_claim_quote IF NOT EXISTS
FOR (n:Huitu) ON EACH [n.quote]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
