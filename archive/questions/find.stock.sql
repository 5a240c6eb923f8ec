-- All words must be there, those in quotation marks side by side. One with an accent is looked for as it is typed.
WITH RECURSIVE
typed(name, text) AS (
  SELECT 'words', replace(replace(replace(replace(:words, char(1), ' '), '“', '"'), '”', '"'),
    '"', ' ' || char(1) || ' ')
),
--: phrases
--: days
word(number, quoted, word, rest) AS (
  SELECT 0, 0, '', phrase || ' ' FROM asked
  UNION ALL
  SELECT number + (NOT quoted OR substr(rest, 1, 1) = char(1)), quoted <> (substr(rest, 1, 1) = char(1)),
    substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
  FROM word WHERE rest <> ''
),
term(phrase) AS (
  SELECT group_concat(word, ' ') FROM (SELECT * FROM word WHERE word NOT IN ('', char(1)) ORDER BY length(rest) DESC)
  GROUP BY number
),
asked_for(words) AS (
  SELECT coalesce(group_concat(iif(phrase GLOB '*[^ -~]*', '{title body byline} : "',
    '{title_folded body_folded byline_folded} : "') || phrase || '"', ' AND '), '""') FROM term
),
found AS (
  SELECT a.published, a.title, a.category, a.url, a.id
  FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
  WHERE articles_fts MATCH (SELECT words FROM asked_for)
    AND (:from = '' OR a.published >= (SELECT first FROM days WHERE side = 'from'))
    AND (:to = '' OR a.published <= (SELECT last FROM days WHERE side = 'to'))
  ORDER BY articles_fts.rank LIMIT 200
)
SELECT * FROM found UNION ALL SELECT NULL, said, NULL, NULL, NULL FROM misread
