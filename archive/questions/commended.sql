-- Of both spellings, `sĩ` and `sỹ`, `kỷ` and `kỉ`.
WITH
--: misread
spelled(award) AS (SELECT ' ' || vi_exact(coalesce(nullif(trim(:award), ''), 'Bằng khen')) || ' '),
with_i(award) AS (
  SELECT replace(replace(replace(replace(award, ' sỹ ', ' sĩ '), ' sy ', ' si '), ' kỷ ', ' kỉ '), ' ky ', ' ki ')
  FROM spelled
),
with_y(award) AS (
  SELECT replace(replace(replace(replace(award, ' sĩ ', ' sỹ '), ' si ', ' sy '), ' kỉ ', ' kỷ '), ' ki ', ' ky ')
  FROM spelled
),
asked(award) AS (SELECT vi_phrase(with_i.award) || ' OR ' || vi_phrase(with_y.award) FROM with_i, with_y),
chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH (SELECT vi_query(award) FROM asked)
    AND (:place = '' OR +a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH vi_query(vi_phrase(:place))))
    AND (:from = '' OR a.published >= vi_from(:from)) AND (:to = '' OR a.published <= vi_to(:to))
  ORDER BY a.published DESC, a.id DESC LIMIT 300
),
found AS (
  SELECT a.published, json_extract(line.value, '$.left') AS by_whom, json_extract(line.value, '$.match') AS award,
    json_extract(line.value, '$.right') AS to_whom, a.title, a.url
  FROM chosen JOIN articles a ON a.id = chosen.id CROSS JOIN asked
  JOIN json_each(vi_kwic(a.body, asked.award, 200)) AS line
  ORDER BY a.published DESC, a.id DESC, line.key LIMIT 1000
)
SELECT * FROM found UNION ALL SELECT NULL, NULL, NULL, NULL, said, NULL FROM misread
