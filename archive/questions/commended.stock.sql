-- Of both spellings, `sĩ` and `sỹ`, `kỷ` and `kỉ`.
WITH RECURSIVE
typed(name, text) AS (VALUES ('award', coalesce(nullif(trim(:award), ''), 'Bằng khen')), ('place', :place)),
--: phrases
--: days
spelled(award, accented) AS (SELECT ' ' || phrase || ' ', accented FROM asked WHERE name = 'award'),
sought(phrase, accented) AS MATERIALIZED (
  SELECT trim(replace(replace(replace(replace(award, ' sỹ ', ' sĩ '), ' sy ', ' si '), ' kỷ ', ' kỉ '), ' ky ', ' ki ')),
    accented FROM spelled
  UNION
  SELECT trim(replace(replace(replace(replace(award, ' sĩ ', ' sỹ '), ' si ', ' sy '), ' kỉ ', ' kỷ '), ' ki ', ' ky ')),
    accented FROM spelled
),
chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH (SELECT group_concat(iif(accented, '{title body byline} : "',
      '{title_folded body_folded byline_folded} : "') || phrase || '"', ' OR ') FROM sought)
    AND (:place = '' OR +a.id IN (SELECT rowid FROM articles_fts
      WHERE articles_fts MATCH (SELECT words FROM asked WHERE name = 'place')))
    AND (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  ORDER BY a.published DESC, a.id DESC LIMIT 300
),
read(id, text) AS (SELECT a.id, a.body FROM chosen CROSS JOIN articles a ON a.id = chosen.id),
wide(width) AS (VALUES (200)),
--: lines
found AS (
  SELECT a.published, before AS by_whom, words AS award, after AS to_whom, a.title, a.url
  FROM lines CROSS JOIN articles a ON a.id = lines.id
  ORDER BY a.published DESC, a.id DESC, at LIMIT 1000
)
SELECT * FROM found UNION ALL SELECT NULL, NULL, NULL, NULL, said, NULL FROM misread
