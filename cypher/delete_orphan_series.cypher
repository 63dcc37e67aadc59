// Removes series of which no edition is there any more.
// parameters: ids (list of series ids)
// columns: none
// access: write
MATCH (s:Huitu:ForumSeries)
WHERE s.id IN $ids AND NOT EXISTS { (s)<-[:EDITION_OF]-(:Forum) }
DELETE s
