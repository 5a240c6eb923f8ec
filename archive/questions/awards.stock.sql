-- Of both spellings, `sĩ` and `sỹ`, `Kỷ` and `Kỉ`.
WITH
--: days
--: award_names
chosen AS MATERIALIZED (
  SELECT id, published FROM articles
  WHERE (:from = '' OR published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR published <= (SELECT last FROM days WHERE side = 'to'))
  ORDER BY published DESC, id DESC LIMIT 10000
),
counted AS (
  SELECT awards.award, count(*) AS articles, (SELECT count(*) FROM chosen) AS of_all,
    min(a.published) AS first, max(a.published) AS last
  FROM awards CROSS JOIN articles_fts ON articles_fts MATCH '"' || award || '"'
    || iif(award GLOB '*sĩ*' OR award GLOB '*Kỷ*', ' OR "' || replace(replace(award, 'sĩ', 'sỹ'), 'Kỷ', 'Kỉ') || '"', '')
  -- Articles of neighbouring days often have neighbouring ids: the index need not be read outside them.
  AND articles_fts.rowid BETWEEN (SELECT min(id) FROM chosen) AND (SELECT max(id) FROM chosen)
  CROSS JOIN chosen a ON a.id = articles_fts.rowid
  GROUP BY awards.award ORDER BY articles DESC, awards.award
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL, NULL FROM misread
