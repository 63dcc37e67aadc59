// The indexes of a database that Huitu has not made, those of constraints among them; every database has two look-ups.
// parameters: none
// columns: name
// access: read
SHOW INDEXES YIELD name, type
WHERE type <> 'LOOKUP' AND NOT name STARTS WITH 'huitu_'
RETURN name ORDER BY name
