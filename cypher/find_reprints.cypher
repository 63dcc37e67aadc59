// Pairs of documents that may be reprints of each other: that share a band and were published within some days, as far
// as that is known.
// parameters: ids (list of document ids, one of each pair), days
// columns: a, b (document ids, a < b), days (between them, or null)
// access: read
UNWIND $ids AS id
MATCH (d:Huitu:Document {id: id})
WHERE d.band_0 IS NOT NULL
CALL (d) {
  MATCH (o:Document {band_0: d.band_0}) RETURN o UNION
  MATCH (o:Document {band_1: d.band_1}) RETURN o UNION
  MATCH (o:Document {band_2: d.band_2}) RETURN o UNION
  MATCH (o:Document {band_3: d.band_3}) RETURN o UNION
  MATCH (o:Document {band_4: d.band_4}) RETURN o UNION
  MATCH (o:Document {band_5: d.band_5}) RETURN o UNION
  MATCH (o:Document {band_6: d.band_6}) RETURN o UNION
  MATCH (o:Document {band_7: d.band_7}) RETURN o
}
WITH d, o, CASE WHEN d.date IS NOT NULL AND o.date IS NOT NULL THEN duration.inDays(date(d.date), date(o.date)).days END
  AS days
WHERE o:Huitu AND o.id <> d.id AND (days IS NULL OR abs(days) <= $days)
WITH DISTINCT CASE WHEN d.id < o.id THEN d ELSE o END AS a, CASE WHEN d.id < o.id THEN o ELSE d END AS b, abs(days) AS days
RETURN a.id AS a, b.id AS b, days ORDER BY a, b
