WITH RECURSIVE
typed(name, text) AS (VALUES ('words', :words)),
--: phrases
--: days
chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH (SELECT words FROM asked)
    AND (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  ORDER BY a.published IS NULL, a.published, a.id LIMIT 300
),
sought AS (SELECT phrase, accented FROM asked),
read(id, text) AS MATERIALIZED (
  SELECT a.id, a.title || char(10, 10) || a.body || char(10, 10) || a.byline
  FROM chosen CROSS JOIN articles a ON a.id = chosen.id
),
wide(width) AS (VALUES (60)),
--: lines
found AS (
  SELECT a.published, before, words, after, a.title, a.url
  FROM lines CROSS JOIN articles a ON a.id = lines.id
  ORDER BY a.published IS NULL, a.published, a.id, at LIMIT 1000
)
SELECT * FROM found UNION ALL SELECT NULL, NULL, NULL, NULL, said, NULL FROM misread
