// Full text of the names of series of forums.
// parameters: none
// columns: none
// access: write (schema)
CREATE FULLTEXT INDEX huitu_series_names IF NOT EXISTS
FOR (n:ForumSeries) ON EACH [n.name, n.aliases]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
