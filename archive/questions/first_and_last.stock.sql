WITH found AS MATERIALIZED (
  SELECT a.id, a.published, a.title, a.url FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(:words, 1, 200), '"', ' ') || '"' AND a.published IS NOT NULL
),
ends(mention, id) AS (
  SELECT * FROM (SELECT 'đầu tiên / first', id FROM found ORDER BY published, id LIMIT 1)
  UNION ALL SELECT * FROM (SELECT 'gần nhất / last', id FROM found ORDER BY published DESC, id DESC LIMIT 1)
)
SELECT ends.mention, found.published, found.title, found.url, (SELECT count(*) FROM found) AS articles
FROM ends JOIN found ON found.id = ends.id
