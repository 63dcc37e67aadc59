// Every node of Huitu carries the label Huitu and an id of its own kind; one constraint keeps all of them unique
// and leaves the nodes of others in a shared database alone.
// parameters: none
// columns: none
// access: write (schema)
CREATE CONSTRAINT huitu_id IF NOT EXISTS
FOR (n:Huitu) REQUIRE n.id IS UNIQUE
