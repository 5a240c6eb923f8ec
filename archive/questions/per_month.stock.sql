WITH RECURSIVE
typed(name, text) AS (VALUES ('words', :words)),
--: phrases
--: days
found AS MATERIALIZED (
  SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH (SELECT words FROM asked)
),
counted AS (
  SELECT substr(a.published, 1, 7) AS month, sum(a.id IN (SELECT id FROM found)) AS articles, count(*) AS of_all,
    round(100.0 * sum(a.id IN (SELECT id FROM found)) / count(*), 1) AS percent
  FROM articles a
  WHERE a.published IS NOT NULL
    AND (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  GROUP BY month ORDER BY month
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL FROM misread
