-- From one article to the nearest newer one, and so on, as the lists under them say.
WITH RECURSIVE step(number, id) AS (
  SELECT 0, CAST(:article AS INTEGER)
  UNION ALL
  SELECT number + 1, (
    SELECT neighbour_id FROM chain
    WHERE article_id = step.id AND relation = 'newer' AND neighbour_id IS NOT NULL
    ORDER BY neighbour_published IS NULL, neighbour_published, neighbour_id LIMIT 1
  ) FROM step WHERE number < 30 AND id IS NOT NULL
)
SELECT step.number, a.published, a.title, a.category, a.url, a.id
FROM step JOIN articles a ON a.id = step.id ORDER BY step.number
