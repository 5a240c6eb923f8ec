-- The words as they are typed, found in each article one place after the other. Where they are typed without accents
-- there is no such place in the text: then it is shown how the article begins.
WITH RECURSIVE chosen AS (
  SELECT a.id FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(:words, 1, 200), '"', ' ') || '"'
    AND (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
  ORDER BY a.published IS NULL, a.published, a.id LIMIT 500
),
place(id, text, at) AS (
  SELECT id, whole, instr(lower(whole), lower(trim(:words))) FROM (
    SELECT a.id, a.title || char(10, 10) || a.body || char(10, 10) || a.byline AS whole
    FROM chosen JOIN articles a ON a.id = chosen.id
  )
  UNION ALL
  SELECT id, text, at + instr(lower(substr(text, at + 1)), lower(trim(:words))) FROM place
  WHERE at > 0 AND instr(lower(substr(text, at + 1)), lower(trim(:words))) > 0
)
SELECT a.published,
  CASE WHEN at > 0 THEN substr(text, max(1, at - 60), min(60, at - 1)) END AS before,
  CASE WHEN at > 0 THEN substr(text, at, length(trim(:words))) END AS words,
  substr(text, CASE WHEN at > 0 THEN at + length(trim(:words)) ELSE 1 END, 60) AS after, a.title, a.url
FROM place JOIN articles a ON a.id = place.id
ORDER BY a.published IS NULL, a.published, a.id, at LIMIT 1000
