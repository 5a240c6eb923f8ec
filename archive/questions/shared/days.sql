-- The days typed, from the first to the last of what they mean; NULL where they mean none.
day_typed(side, day) AS (VALUES ('from', trim(:from)), ('to', trim(:to))),
day_turned(side, day) AS (
  SELECT side, CASE
    WHEN day GLOB '*/*/*' THEN substr(day, -4) || '-' || substr(day, instr(day, '/') + 1,
      length(day) - instr(day, '/') - 5) || '-' || substr(day, 1, instr(day, '/') - 1)
    WHEN day GLOB '*/*' THEN substr(day, -4) || '-' || substr(day, 1, length(day) - 5)
    ELSE day END FROM day_typed
),
day_month(side, day) AS (
  SELECT side, iif(day GLOB '????-[0-9]' OR day GLOB '????-[0-9]-*', substr(day, 1, 5) || '0' || substr(day, 6), day)
  FROM day_turned
),
day_whole(side, day) AS (
  SELECT side, iif(day GLOB '????-??-[0-9]', substr(day, 1, 8) || '0' || substr(day, 9), day) FROM day_month
),
days(side, first, last) AS (
  SELECT side, first, last FROM (
    SELECT side, day || substr('-01-01', length(day) - 3) AS first, day || substr('-12-31', length(day) - 3) AS last
    FROM day_whole WHERE length(day) IN (4, 7, 10) AND day >= '0001'
  ) WHERE date(first, '+0 days') = first
),
misread(said) AS (
  SELECT 'Không hiểu ngày “' || day || '”: hãy gõ 12/06/2020, 06/2020 hoặc 2020. — This is no day, month or year.'
  FROM day_typed WHERE day <> '' AND side NOT IN (SELECT side FROM days)
),
