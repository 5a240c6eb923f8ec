WITH chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH vi_query(vi_phrase(coalesce(nullif(:award, ''), 'Bằng khen')))
    AND (:place = '' OR +a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH vi_query(vi_phrase(:place))))
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  ORDER BY a.published DESC, a.id DESC LIMIT 300
)
SELECT a.published, json_extract(line.value, '$.left') AS by_whom, json_extract(line.value, '$.match') AS award,
  json_extract(line.value, '$.right') AS to_whom, a.title, a.url
FROM chosen JOIN articles a ON a.id = chosen.id
JOIN json_each(vi_kwic(a.body, vi_phrase(coalesce(nullif(:award, ''), 'Bằng khen')), 200)) AS line
ORDER BY a.published DESC, a.id DESC, line.key LIMIT 1000
