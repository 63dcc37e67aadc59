// Gives mentions the lists that the import tool cannot read: the empty one, and that of one empty text. Runs in
// auto-commit only.
// parameters: one_empty (what stands for the list of one empty text)
// columns: none
// access: write
MATCH (m:Huitu:Mention)
WHERE m.ties IS NULL OR m.aliases IS NULL OR m.starts IS NULL OR m.aliases = $one_empty
CALL (m) {
  SET m.ties = coalesce(m.ties, []), m.starts = coalesce(m.starts, []), m.ends = coalesce(m.ends, []),
    m.aliases = CASE WHEN m.aliases IS NULL THEN [] WHEN m.aliases = $one_empty THEN [''] ELSE m.aliases END
} IN CONCURRENT TRANSACTIONS OF 10000 ROWS
