// Finds the mentions of a key.
// parameters: none
// columns: none
// access: write (schema)
CREATE INDEX huitu_mention_key IF NOT EXISTS
FOR (n:Mention) ON (n.key)
