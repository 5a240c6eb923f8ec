SELECT gone_at, published, title, reason, kept, url, article_id
FROM removed ORDER BY gone_at DESC, published DESC, url
