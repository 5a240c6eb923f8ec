WITH RECURSIVE
typed(name, text) AS (VALUES ('words', :words)),
--: phrases
--: days
chosen AS (
  SELECT a.id, a.published FROM articles a
  WHERE (:words = '' OR a.id IN (SELECT rowid FROM articles_fts
      WHERE articles_fts MATCH (SELECT words FROM asked)))
    AND (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  ORDER BY a.published DESC, a.id DESC LIMIT 500
),
counted AS (
  SELECT n.name, n.kind, count(*) AS articles, (SELECT count(*) FROM chosen) AS of_all, sum(n.mentions) AS mentions,
    min(a.published) AS first, max(a.published) AS last
  FROM chosen a JOIN names n ON n.article_id = a.id
  WHERE :kind = '' OR n.kind = :kind
  GROUP BY 1, 2 ORDER BY articles DESC, mentions DESC, name LIMIT 200
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL, NULL, NULL, NULL FROM misread
