// Makes sure the entities are there and holds them until the transaction ends, so that what is derived from their
// mentions is derived by one writer at a time.
// parameters: rows (list of {id, type, name}, sorted by id)
// columns: none
// access: write
UNWIND $rows AS row
MERGE (e:Huitu:Entity {id: row.id})
ON CREATE SET e.name = row.name
SET e.type = row.type, e:$(row.type)
