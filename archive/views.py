"""The views for researchers, in SQL. They show what is known of articles, and nothing of the runs that found it out.

None reads a body but `changes`, which counts the letters of texts that were replaced. What a view looks up by the
article's id (`chain`, `date_evidence`, `changes`) is found by an index. `archive.dictionary` says what each column is.
Once released, a view is changed by a migration of its own, which drops it and makes it anew.
"""

# What lists last called a page.
_CALLED = "(SELECT m.title FROM mentions m WHERE m.page_id = p.id ORDER BY m.last_seen_at DESC, m.id LIMIT 1)"

# From an index that holds no bodies. Undated articles stand under no month.
_ARTICLES_BY_MONTH = """
SELECT substr(published, 1, 7) AS month, site, category, count(*) AS articles
FROM articles GROUP BY site, category, substr(published, 1, 7)
"""

# What A's list calls newer than A has A for an older neighbour, also where its own list does not say so. Of several
# mentions of one page by another the first stands for all; so rows come at once, without sorting a million of them.
_FIRST = "NOT EXISTS (SELECT 1 FROM mentions e WHERE e.seen_on_id = {0} AND e.page_id = {1} AND e.relation = {2}{3})"
_EARLIER = _FIRST.format("m.seen_on_id", "m.page_id", "m.relation", " AND e.id < m.id")
_OTHER = "CASE m.relation WHEN 'newer' THEN 'older' ELSE 'newer' END"
_SAID_BY_ITSELF = _FIRST.format("m.page_id", "m.seen_on_id", _OTHER, "")
_BESIDE = f"""
n.id AS neighbour_id, p.url AS neighbour_url, coalesce(n.title, {_CALLED}, '') AS neighbour_title,
    coalesce(n.published, p.dated) AS neighbour_published FROM mentions m
"""
_CHAIN = f"""
SELECT m.seen_on_id AS article_id, a.title, a.published, m.relation, {_BESIDE}
JOIN articles a ON a.id = m.seen_on_id JOIN pages p ON p.id = m.page_id LEFT JOIN articles n ON n.id = m.page_id
WHERE m.relation IN ('newer', 'older') AND {_EARLIER}
UNION ALL
SELECT m.page_id, a.title, a.published, {_OTHER}, {_BESIDE}
JOIN articles a ON a.id = m.page_id JOIN pages p ON p.id = m.seen_on_id LEFT JOIN articles n ON n.id = m.seen_on_id
WHERE m.relation IN ('newer', 'older') AND {_EARLIER} AND {_SAID_BY_ITSELF}
"""

# The plus makes SQLite list the stored articles once, from an index that holds no bodies.
_NOT_STORED = "p.kind = 'article' AND p.id NOT IN (SELECT +id FROM articles)"

_MISSING = f"""
SELECT p.url, p.site, {_CALLED} AS title, p.dated AS published, p.state, p.reason, p.first_seen_at,
    (SELECT count(DISTINCT m.seen_on_id) FROM mentions m WHERE m.page_id = p.id) AS named_by
FROM pages p WHERE {_NOT_STORED} AND p.state != 'gone'
"""  # noqa: S608 - our text

_REMOVED = f"""
SELECT a.id AS article_id, a.url, a.site, a.title, a.published, s.captured_at AS gone_at, s.reason, 1 AS kept
FROM articles a LEFT JOIN status_changes s ON s.id = (
    SELECT id FROM status_changes WHERE article_id = a.id AND status = 'gone' ORDER BY id DESC LIMIT 1
) WHERE a.status = 'gone'
UNION ALL
SELECT NULL, p.url, p.site, {_CALLED}, p.dated, p.fetched_at, ifnull(p.reason, ''), 0
FROM pages p WHERE {_NOT_STORED} AND p.state = 'gone'
"""  # noqa: S608 - our text

# A text that was replaced, and the one that came after it: the next such, or the article's own.
_CHANGES = """
SELECT s.article_id, a.url, a.published, s.number + 1 AS number,
    coalesce(n.captured_at, a.version_captured_at) AS captured_at,
    coalesce(n.title, a.title) AS title, s.title AS title_before,
    length(coalesce(n.body, a.body)) AS characters, length(s.body) AS characters_before
FROM superseded s JOIN articles a ON a.id = s.article_id
LEFT JOIN superseded n ON n.article_id = s.article_id AND n.number = s.number + 1
"""

_DATE_EVIDENCE = """
SELECT a.id AS article_id, m.published AS date, 'list' AS source, p.url AS seen_on, m.relation,
    m.published IS a.published AS agrees
FROM mentions m JOIN articles a ON a.id = m.page_id JOIN pages p ON p.id = m.seen_on_id WHERE m.published IS NOT NULL
UNION ALL
SELECT id, page_date, 'page', url, NULL, page_date IS published FROM articles WHERE page_date IS NOT NULL
UNION ALL
SELECT id, text_date, 'text', url, NULL, text_date IS published FROM articles WHERE text_date IS NOT NULL
"""

VIEWS = {
    "articles_by_month": _ARTICLES_BY_MONTH,
    "chain": _CHAIN,
    "missing": _MISSING,
    "removed": _REMOVED,
    "changes": _CHANGES,
    "date_evidence": _DATE_EVIDENCE,
}
