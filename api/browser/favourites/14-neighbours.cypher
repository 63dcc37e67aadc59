// 搜一个名字，看它的邻居 · Search a name, see its neighbours
CALL db.index.fulltext.queryNodes('huitu_entity_names', '太湖') YIELD node, score
WITH node
ORDER BY score DESC, node.id
LIMIT 5
MATCH path = (node)--(:Entity)
RETURN path
LIMIT 100
