WITH
--: misread
found AS MATERIALIZED (
  SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH vi_query(vi_phrase(:words))
),
counted AS (
  SELECT substr(a.published, 1, 7) AS month, sum(a.id IN (SELECT id FROM found)) AS articles, count(*) AS of_all,
    round(100.0 * sum(a.id IN (SELECT id FROM found)) / count(*), 1) AS percent
  FROM articles a
  WHERE a.published IS NOT NULL
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  GROUP BY month ORDER BY month
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL FROM misread
