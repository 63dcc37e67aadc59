// 一个实体的各种叫法 · The many names of one entity
MATCH (e:Huitu:Entity)
WHERE size(e.aliases) > 0
RETURN e.name AS name, e.type AS type, e.aliases AS other_names, e.documents AS documents
ORDER BY size(e.aliases) DESC, name
LIMIT 50
