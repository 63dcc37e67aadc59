// Lets one writer at a time make or undo decisions, until its transaction ends: only so do they agree with each other.
// parameters: none
// columns: none
// access: write
MERGE (n:Huitu:HuituLock {id: 'decisions'})
SET n.held = true
