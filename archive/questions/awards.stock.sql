-- Of both spellings, `sĩ` and `sỹ`, `Kỷ` and `Kỉ`.
WITH
--: days
--: award_names
counted AS (
  SELECT awards.award, count(*) AS articles, min(a.published) AS first, max(a.published) AS last
  FROM awards CROSS JOIN articles_fts ON articles_fts MATCH '"' || award || '"'
    || iif(award GLOB '*sĩ*' OR award GLOB '*Kỷ*', ' OR "' || replace(replace(award, 'sĩ', 'sỹ'), 'Kỷ', 'Kỉ') || '"', '')
  CROSS JOIN articles a ON a.id = articles_fts.rowid
  WHERE (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  GROUP BY awards.award ORDER BY articles DESC, awards.award
)
SELECT * FROM counted UNION ALL SELECT said, NULL, NULL, NULL FROM misread
