WITH
--: misread
found AS (
  SELECT a.published, a.title, a.category, a.url, a.id
  FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH vi_query(:words)
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  ORDER BY articles_fts.rank LIMIT 200
)
SELECT * FROM found UNION ALL SELECT NULL, said, NULL, NULL, NULL FROM misread
