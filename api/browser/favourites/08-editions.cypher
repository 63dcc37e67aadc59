// 一个系列的历届 · The editions of a series
MATCH path = (:Huitu:ForumSeries)<-[:EDITION_OF]-(:Forum)
RETURN path
LIMIT 100
