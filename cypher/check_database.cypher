// Answers when the database does.
// parameters: none
// columns: ready
// access: read
RETURN true AS ready
