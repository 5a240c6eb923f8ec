WITH found AS MATERIALIZED (
  SELECT rowid AS id FROM articles_fts
  WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(:words, 1, 200), '"', ' ') || '"'
)
SELECT substr(a.published, 1, 7) AS month, sum(a.id IN (SELECT id FROM found)) AS articles, count(*) AS of_all,
  round(100.0 * sum(a.id IN (SELECT id FROM found)) / count(*), 1) AS percent
FROM articles a
WHERE a.published IS NOT NULL
  AND (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
GROUP BY month ORDER BY month
