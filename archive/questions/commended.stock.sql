-- The first place in each article where the award stands as it is typed; else how the article begins.
WITH asked(award) AS (SELECT trim(coalesce(nullif(:award, ''), 'Bằng khen'))),
chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(coalesce(nullif(:award, ''), 'Bằng khen'), 1, 200), '"', ' ') || '"'
    AND (:place = '' OR +a.id IN (SELECT rowid FROM articles_fts
      WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(:place, 1, 200), '"', ' ') || '"'))
    AND (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
  ORDER BY a.published DESC, a.id DESC LIMIT 300
),
place AS (
  SELECT a.*, asked.award, instr(lower(a.body), lower(asked.award)) AS at
  FROM chosen JOIN articles a ON a.id = chosen.id, asked
)
SELECT published, CASE WHEN at > 0 THEN substr(body, max(1, at - 200), min(200, at - 1)) END AS by_whom,
  CASE WHEN at > 0 THEN substr(body, at, length(award)) END AS award,
  substr(body, CASE WHEN at > 0 THEN at + length(award) ELSE 1 END, 200) AS to_whom, title, url
FROM place ORDER BY published DESC, id DESC
