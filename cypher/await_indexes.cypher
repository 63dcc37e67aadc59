// Waits until every index answers.
// parameters: seconds (integer)
// columns: none
// access: read
CALL db.awaitIndexes($seconds)
