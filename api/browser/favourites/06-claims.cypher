// 从文章到实体 · From an article to entities: documents, claims, mentions
MATCH (c:Huitu:Claim {relation: 'SIGNED_WITH'})<-[:STATES]-(d:Document)
WITH c, d
ORDER BY c.confidence DESC, c.id
LIMIT 3
MATCH path = (d)-[:STATES]->(c)-[:SUBJECT|OBJECT]->(:Mention)-[:DENOTES]->(:Entity)
RETURN path
