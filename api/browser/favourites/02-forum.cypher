// 一个论坛和它周围 · A forum and all around it
MATCH path = (:Huitu:Forum {name: '2025太湖人工智能大会'})--(:Entity)
RETURN path
