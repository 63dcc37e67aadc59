// The indexes of a database, those of constraints among them, but for the two look-ups that every database has.
// parameters: none
// columns: name, state
// access: read
SHOW INDEXES YIELD name, type, state
WHERE type <> 'LOOKUP'
RETURN name, state ORDER BY name
