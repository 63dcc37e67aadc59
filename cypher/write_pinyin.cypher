// Writes what entities and series are found by when someone types pinyin.
// parameters: rows (list of {id, pinyin (list of texts)})
// columns: none
// access: write
UNWIND $rows AS row
MATCH (n:Huitu {id: row.id})
SET n.pinyin = row.pinyin
