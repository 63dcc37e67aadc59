// Gives entities and series the lists that the import tool cannot read: the empty one, and that of one empty text. Runs in
// auto-commit only.
// parameters: one_empty (what stands for the list of one empty text)
// columns: none
// access: write
MATCH (e:Huitu&(Entity|ForumSeries))
WHERE e.aliases IS NULL OR e.former IS NULL OR e.aliases = $one_empty OR e.names = $one_empty
CALL (e) {
  SET e.aliases = CASE WHEN e.aliases IS NULL THEN [] WHEN e.aliases = $one_empty THEN [''] ELSE e.aliases END,
    e.names = CASE WHEN e.names = $one_empty THEN [''] ELSE e.names END,
    e.former = CASE WHEN e:Entity THEN coalesce(e.former, []) END
} IN TRANSACTIONS OF 10000 ROWS
