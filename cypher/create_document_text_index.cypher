// Full text of documents: headline and text.
// parameters: none
// columns: none
// access: write (schema)
CREATE FULLTEXT INDEX huitu_document_text IF NOT EXISTS
FOR (n:Huitu) ON EACH [n.title, n.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
