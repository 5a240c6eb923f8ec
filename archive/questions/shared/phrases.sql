-- What is typed, as the full-text index has it, and where it is to be looked for: with an accent in it, as it is typed.
--: spelling
typed_even(name, n, text) AS (
  SELECT name, 1, ' ' || lower(substr(text, 1, 200)) || ' ' FROM typed
  UNION ALL
  SELECT name, e.n + 1, replace(replace(text, parting, ' '), old, new) FROM typed_even e JOIN changes c ON c.n = e.n
),
asked(name, phrase, accented, words) AS MATERIALIZED (
  SELECT name, phrase, phrase GLOB '*[^ -~]*', iif(phrase GLOB '*[^ -~]*', '{title body byline} : "',
    '{title_folded body_folded byline_folded} : "') || phrase || '"'
  FROM (SELECT name, trim(replace(replace(replace(text, ' ', '<>'), '><', ''), '<>', ' ')) AS phrase
    FROM typed_even WHERE n = (SELECT max(n) + 1 FROM changes))
),
