WITH RECURSIVE
typed(name, text) AS (VALUES ('words', :words)),
--: phrases
found AS MATERIALIZED (
  SELECT a.id, a.published, a.title, a.url FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH (SELECT words FROM asked) AND a.published IS NOT NULL
),
ends(mention, id) AS (
  SELECT * FROM (SELECT 'đầu tiên / first', id FROM found ORDER BY published, id LIMIT 1)
  UNION ALL SELECT * FROM (SELECT 'gần nhất / last', id FROM found ORDER BY published DESC, id DESC LIMIT 1)
),
sought AS (SELECT phrase, accented FROM asked),
read(id, text) AS (
  SELECT id, title || char(10, 10) || body || char(10, 10) || byline FROM articles WHERE id IN (SELECT id FROM ends)
),
wide(width) AS (VALUES (80)),
--: lines
first_line AS (SELECT id, before || words || after AS words_there, min(at) FROM lines GROUP BY id)
SELECT ends.mention, found.published, words_there, found.title, found.url, (SELECT count(*) FROM found) AS articles
FROM ends JOIN found ON found.id = ends.id LEFT JOIN first_line ON first_line.id = ends.id
