-- From one article to the nearest newer one, and so on, as the lists under them say. (The view `chain` says the same of
-- one article; SQLite does not look up one after the other in it.)
WITH RECURSIVE step(number, id) AS (
  SELECT 0, CAST(:article AS INTEGER)
  UNION ALL
  SELECT number + 1, (
    SELECT n.id FROM articles n WHERE n.id IN (
      SELECT page_id FROM mentions WHERE seen_on_id = step.id AND relation = 'newer'
      UNION ALL SELECT seen_on_id FROM mentions WHERE page_id = step.id AND relation = 'older'
    ) ORDER BY n.published IS NULL, n.published, n.id LIMIT 1
  ) FROM step WHERE number < 30 AND id IS NOT NULL
)
SELECT step.number, a.published, a.title, a.category, a.url, a.id
FROM step JOIN articles a ON a.id = step.id ORDER BY step.number
