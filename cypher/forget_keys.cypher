// Marks the keys that are left for resolution, for what they denoted is gone.
// parameters: none
// columns: none
// access: write
MATCH (k:Huitu:Key)
SET k:Unresolved
REMOVE k.entity
