// 倡议：谁发起、谁加入、在哪里发布 · Initiatives: who launched them, who joined, where they were announced
MATCH path = (i:Huitu:Initiative)-[:LAUNCHED|MEMBER_OF|ANNOUNCED_AT]-(:Entity)
RETURN path
LIMIT 100
