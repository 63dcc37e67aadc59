// Makes sure the series of forums are there and holds them until the transaction ends; what is not there gets a name from
// write_series_names.
// parameters: ids (list of series ids, sorted)
// columns: none
// access: write
UNWIND $ids AS id
MERGE (s:Huitu:ForumSeries {id: id})
SET s.type = 'ForumSeries'
