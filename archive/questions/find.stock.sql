SELECT a.published, a.title, a.category, a.url, a.id
FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
WHERE articles_fts MATCH '{title body byline title_folded body_folded byline_folded} : "'
      || replace(substr(:words, 1, 200), '"', ' ') || '"'
  AND (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
ORDER BY articles_fts.rank LIMIT 200
