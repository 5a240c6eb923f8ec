-- Every place where a phrase that is `sought` stands in the texts that are `read`, with as many characters beside it as
-- is `wide`. Texts are not spelled anew but compared with patterns, word by word; first by pieces, which is fast.
family(bare, class) AS (
  SELECT bare, '[' || bare || upper(bare) || group_concat(old || new, '') || ']' FROM changes
  WHERE n <= 67 GROUP BY bare
),
classes(letter, accented, class) AS MATERIALIZED (
  SELECT new, 0, class FROM changes JOIN family USING (bare) WHERE n <= 67
  UNION ALL SELECT bare, 0, class FROM family
  UNION ALL SELECT new, 1, '[' || new || old || ']' FROM changes WHERE n <= 67
  UNION ALL VALUES (' ', 0, '[^0-9A-Za-zÀ-ỹ]*')
),
parted(phrase, accented, number, word, rest) AS (
  SELECT phrase, accented, 0, '', phrase || ' ' FROM sought WHERE phrase <> ''
  UNION ALL
  SELECT phrase, accented, number + 1, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
  FROM parted WHERE rest <> ''
),
written(phrase, accented, number, word) AS (
  SELECT phrase, accented, number, word FROM parted WHERE number > 0
  UNION ALL
  SELECT phrase, accented, number, substr(word, 1, length(word) - 2) || trim(old)
  FROM parted JOIN placed ON new = substr(word, -2) || ' ' WHERE accented AND word NOT LIKE '%q__'
),
drawn(text, accented, n, pattern) AS (
  SELECT * FROM (SELECT phrase, 0, 1, '' FROM sought UNION SELECT word, accented, 1, '' FROM written)
  UNION ALL
  SELECT text, accented, n + 1, pattern || coalesce(
    (SELECT class FROM classes c WHERE c.letter = substr(text, n, 1) AND c.accented = drawn.accented),
    '[' || substr(text, n, 1) || upper(substr(text, n, 1)) || ']')
  FROM drawn WHERE n <= length(text)
),
patterns(text, accented, pattern) AS MATERIALIZED (
  SELECT text, accented, '[^0-9A-Za-zÀ-ỹ]' || pattern || '[^0-9A-Za-zÀ-ỹ]' FROM drawn WHERE n = length(text) + 1
),
texts(id, text, size) AS MATERIALIZED (SELECT id, ' ' || text || ' ', length(text) FROM read),
starts(start) AS MATERIALIZED (
  SELECT 1 UNION ALL SELECT start + 128 FROM starts WHERE start + 128 <= (SELECT max(size) FROM texts)
),
likely(id, start, phrase, part) AS MATERIALIZED (
  SELECT id, start, phrase, part FROM (
    SELECT id, start, phrase, '*' || pattern || '*' AS pattern,
      substr(texts.text, start, 168 + 2 * length(phrase)) AS part
    FROM texts CROSS JOIN starts ON start <= size CROSS JOIN sought CROSS JOIN patterns
      ON patterns.text = phrase AND patterns.accented = 0
  ) WHERE part GLOB pattern
),
words AS MATERIALIZED (
  SELECT phrase, number, length(word) AS size, pattern, max(number) OVER (PARTITION BY phrase) AS last
  FROM written JOIN patterns ON text = word AND patterns.accented = written.accented
),
-- `rest` begins with the character before the next word, or with what parts it from the word before.
places_in(n) AS MATERIALIZED (SELECT 1 UNION ALL SELECT n + 1 FROM places_in WHERE n < 128),
walk(id, at, phrase, number, last, size, rest) AS (
  SELECT id, start + n - 1, phrase, 2, last, size, substr(part, n + size + 1) FROM (
    SELECT likely.*, n, w.size, w.last FROM likely CROSS JOIN places_in CROSS JOIN words w ON w.phrase = likely.phrase
    WHERE w.number = 1 AND substr(part, n, w.size + 2) GLOB w.pattern
  )
  UNION ALL
  SELECT walk.id, at, walk.phrase, walk.number + (w.size IS NOT NULL), walk.last, walk.size + coalesce(w.size, 0) + 1,
    substr(rest, 2 + coalesce(w.size, 0))
  FROM walk LEFT JOIN words w ON w.phrase = walk.phrase AND w.number = walk.number
    AND substr(rest, 1, w.size + 2) GLOB w.pattern
  WHERE walk.number <= walk.last AND (w.size IS NOT NULL OR substr(rest, 2, 1) GLOB '[^0-9A-Za-zÀ-ỹ]')
),
place(id, at, size) AS MATERIALIZED (SELECT DISTINCT id, at, size FROM walk WHERE number > last),
beside(id, at, width, before, words, after) AS (
  SELECT place.id, at, width, substr(text, max(1, at - 2 * width - 2), min(2 * width + 2, at - 1)),
    substr(text, at, size), substr(text, at + size, 2 * width + 2)
  FROM place CROSS JOIN read ON read.id = place.id CROSS JOIN wide
),
one_line(id, at, width, before, words, after) AS (
  SELECT id, at, width, replace(replace(before, char(10, 10), ' '), char(10), ' '),
    replace(replace(words, char(10, 10), ' '), char(10), ' '),
    replace(replace(after, char(10, 10), ' '), char(10), ' ')
  FROM beside
),
lines(id, at, before, words, after) AS (
  SELECT id, at,
    iif(length(before) <= width, before, substr(before, -width - 1 + instr(substr(before, -width - 1), ' '))),
    words, iif(length(after) <= width, after, substr(rtrim(near, replace(near, ' ', '')), 1,
      length(rtrim(near, replace(near, ' ', ''))) - 1))
  FROM (SELECT *, substr(after, 1, width + 1) AS near FROM one_line)
),
