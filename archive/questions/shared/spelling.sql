-- What makes words comparable, letter by letter: what parts them becomes a space, large letters small ones, `hoá` `hóa`
-- (not in `quý`); and without accents, where they are typed so.
alphabet(large, small, bare, parting) AS (VALUES (
  'ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ',
  'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ',
  'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd',
  '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~–—―‑“”„‘’…•·«»‹›°→➢●★' || char(9, 10, 13, 160, 8203)
)),
placed(n, old, new) AS (VALUES
  (68, 'qu', 'q<'), (69, 'oà ', 'òa '), (70, 'oá ', 'óa '), (71, 'oả ', 'ỏa '), (72, 'oã ', 'õa '),
  (73, 'oạ ', 'ọa '), (74, 'oè ', 'òe '), (75, 'oé ', 'óe '), (76, 'oẻ ', 'ỏe '), (77, 'oẽ ', 'õe '),
  (78, 'oẹ ', 'ọe '), (79, 'uỳ ', 'ùy '), (80, 'uý ', 'úy '), (81, 'uỷ ', 'ủy '), (82, 'uỹ ', 'ũy '),
  (83, 'uỵ ', 'ụy '), (84, 'q<', 'qu')
),
numbered(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < 67),
changes(n, parting, old, new, bare) AS MATERIALIZED (
  SELECT n, substr(parting, n, 1), substr(large, n, 1), substr(small, n, 1), substr(bare, n, 1) FROM numbered, alphabet
  UNION ALL SELECT n, '', old, new, new FROM placed ORDER BY 1
),
