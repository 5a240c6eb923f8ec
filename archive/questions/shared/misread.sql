misread(said) AS (
  SELECT 'Không hiểu ngày “' || trim(day) || '”: hãy gõ 12/06/2020, 06/2020 hoặc 2020. — This is no day, month or year.'
  FROM (SELECT :from AS day UNION ALL SELECT :to) WHERE trim(day) <> '' AND vi_from(day) IS NULL
),
