// 谁和谁签约 · Who signed with whom
MATCH path = (:Huitu:Entity)-[:SIGNED_WITH]->(:Entity)
RETURN path
LIMIT 100
