// Gives mentions the list that the import tool cannot read: that of one empty text. Empty ones are not kept. Runs in
// auto-commit only.
// parameters: one_empty (what stands for the list of one empty text)
// columns: none
// access: write
MATCH (m:Huitu:Mention)
WHERE m.aliases = $one_empty
CALL (m) {
  SET m.aliases = ['']
} IN TRANSACTIONS OF 10000 ROWS
