WITH
--: misread
chosen AS (
  SELECT a.id FROM articles a
  WHERE (:words = '' OR a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH vi_query(vi_phrase(:words))))
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  ORDER BY a.published DESC, a.id DESC LIMIT 500
),
counted AS (
  SELECT json_extract(named.value, '$.name') AS name, json_extract(named.value, '$.kind') AS kind,
    count(DISTINCT a.id) AS articles, (SELECT count(*) FROM chosen) AS of_all, count(*) AS mentions,
    min(a.published) AS first, max(a.published) AS last
  FROM chosen JOIN articles a ON a.id = chosen.id
  JOIN json_each(vi_names(a.title || char(10, 10) || a.body)) AS named
  WHERE :kind = '' OR json_extract(named.value, '$.kind') = :kind
  GROUP BY 1, 2 ORDER BY articles DESC, mentions DESC, name LIMIT 200
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL, NULL, NULL, NULL FROM misread
