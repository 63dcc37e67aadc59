// 图里有什么 · What the graph holds
MATCH (n:Huitu:Entity)
RETURN n.type AS type, count(*) AS entities, sum(n.documents) AS namings
ORDER BY entities DESC
