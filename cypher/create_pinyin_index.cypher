// Full text of the pinyin of names. The analyzer splits at spaces and leaves out nothing: others take an, he and a for words
// without meaning.
// parameters: none
// columns: none
// access: write (schema)
CREATE FULLTEXT INDEX huitu_pinyin IF NOT EXISTS
FOR (n:Huitu) ON EACH [n.pinyin]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
