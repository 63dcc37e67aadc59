// Documents that follow another model than the present one.
// parameters: model, after (id of the last one seen), limit
// columns: id
// access: read
MATCH (d:Huitu:Document)
WHERE d.id > $after AND coalesce(d.model, '') <> $model
RETURN d.id AS id ORDER BY id LIMIT $limit
