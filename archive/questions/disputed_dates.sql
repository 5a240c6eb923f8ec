SELECT a.id, a.title, a.published, a.published_source, a.published_disputed AS others_say,
  a.bounds_disputed AS neighbours_disagree, a.page_date, a.text_date, a.url
FROM articles a WHERE a.published_disputed IS NOT NULL OR a.bounds_disputed = 1
ORDER BY a.published IS NULL, a.published, a.id
