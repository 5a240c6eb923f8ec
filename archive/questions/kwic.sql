WITH
--: misread
chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH vi_query(vi_phrase(:words))
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  ORDER BY a.published IS NULL, a.published, a.id LIMIT 300
),
found AS (
  SELECT a.published, json_extract(line.value, '$.left') AS before, json_extract(line.value, '$.match') AS words,
    json_extract(line.value, '$.right') AS after, a.title, a.url
  FROM chosen JOIN articles a ON a.id = chosen.id
  JOIN json_each(vi_kwic(a.title || char(10, 10) || a.body || char(10, 10) || a.byline, vi_phrase(:words), 60)) AS line
  ORDER BY a.published IS NULL, a.published, a.id, line.key LIMIT 1000
)
SELECT * FROM found UNION ALL SELECT NULL, NULL, NULL, NULL, said, NULL FROM misread
