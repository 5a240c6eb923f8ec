WITH found AS MATERIALIZED (
  SELECT a.id, a.published, a.title, a.url FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH vi_query(vi_phrase(:words)) AND a.published IS NOT NULL
),
ends(mention, id) AS (
  SELECT * FROM (SELECT 'đầu tiên / first', id FROM found ORDER BY published, id LIMIT 1)
  UNION ALL SELECT * FROM (SELECT 'gần nhất / last', id FROM found ORDER BY published DESC, id DESC LIMIT 1)
)
SELECT ends.mention, found.published, (
    SELECT json_extract(value, '$.left') || json_extract(value, '$.match') || json_extract(value, '$.right')
    FROM json_each(
      vi_kwic(a.title || char(10, 10) || a.body || char(10, 10) || a.byline, vi_phrase(:words), 80)
    ) LIMIT 1
  ) AS words_there,
  found.title, found.url, (SELECT count(*) FROM found) AS articles
FROM ends JOIN found ON found.id = ends.id JOIN articles a ON a.id = ends.id
