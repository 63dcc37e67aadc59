// 两者之间的最短路径 · The shortest path between two
MATCH (a:Huitu:Person {name: '韩伯钧'})
MATCH (b:Huitu:Organization {name: '厦门海丝数据研究院'})
MATCH path = shortestPath((a)-[:SPEAKER_AT|ATTENDED|HOSTED_BY|CO_HOSTED_BY|ORGANIZED_BY|SUPPORTED_BY|SIGNED_WITH|AFFILIATED_WITH|MEMBER_OF*..6]-(b))
RETURN path
