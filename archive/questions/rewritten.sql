SELECT captured_at, published, title, CASE WHEN title_before <> title THEN title_before END AS title_before,
  characters - characters_before AS longer_by, number, url, article_id
FROM changes ORDER BY captured_at DESC, article_id
