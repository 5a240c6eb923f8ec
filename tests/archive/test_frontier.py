"""The frontier: what is due, in order of discovery, through stops and starts."""

from archive import Archive
from archive.frontier import _AHEAD, _AT_ONCE, Frontier
from archive.store import save
from tests.archive.build import SITE, START, article, gone, key, known, newer, older, page, url


def numbers(frontier: Frontier, most: int = 100) -> list[int]:
    return [int(due.url.rpartition("=")[2]) for due in frontier.take(most)]


def test_what_becomes_known_is_due_in_that_order(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1, "home")])
    assert numbers(frontier) == [1]
    save(archive, article(1, newer(5), older(3), known=(known(9, "section", 1),)))
    assert numbers(frontier, 2) == [5, 3]
    assert numbers(frontier, 2) == [9]
    assert numbers(frontier) == []


def test_a_page_is_given_once(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1), known(2), known(3)])
    assert [numbers(frontier, 1) for _ in range(4)] == [[1], [2], [3], []]


def test_what_is_to_be_asked_for_at_once_is_not_given_again_where_it_lies(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(number) for number in range(1, 7)])
    for number in range(2, 7):
        save(archive, article(number))
    assert numbers(frontier) == [1]
    with archive.write() as conn:
        conn.execute("UPDATE pages SET due = 2 WHERE url IN (?, ?)", (url(4), url(5)))
    save(archive, article(6, newer(9)))
    assert numbers(frontier, 1) == [4]
    assert numbers(frontier, 3) == [5, 9]
    assert numbers(frontier) == []


def test_what_is_left_counts_what_was_taken_and_not_stored(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1), known(2)])
    frontier.take(2)
    assert frontier.left() == 2
    save(archive, article(1))
    assert frontier.left() == 1


def test_a_process_that_died_leaves_its_pages_due(archive: Archive) -> None:
    Frontier(archive, SITE).add([known(1), known(2), known(3)])
    Frontier(archive, SITE).take(3)
    save(archive, article(2))
    assert numbers(Frontier(archive, SITE)) == [1, 3]


def test_a_page_comes_with_what_the_request_needs(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1, "article")])
    (due,) = frontier.take(1)
    assert (due.url, due.kind, due.depth, due.etag, due.last_modified) == (url(1), "article", 0, "", "")


def test_depth_is_that_of_the_link_and_lists_lead_no_deeper(archive: Archive) -> None:
    save(archive, page(1, known=(known(2, "section", 1),)))
    save(archive, page(2, sighted=(newer(3),)))
    frontier = Frontier(archive, SITE)
    assert [(due.url, due.depth) for due in frontier.take(9)] == [(url(3), 1)]


def test_sites_do_not_mix(archive: Archive) -> None:
    Frontier(archive, "another.example").add([known(1)])
    assert numbers(Frontier(archive, SITE)) == []


def test_nothing_is_due_after_a_complete_crawl(archive: Archive) -> None:
    save(archive, article(1))
    assert Frontier(archive, SITE).left() == 0


def test_a_new_run_asks_again_for_the_newest_article_of_each_category(archive: Archive) -> None:
    save(archive, page(9, sighted=(newer(1, "2020-06-12"), newer(2, "2020-06-19"), newer(3, "2020-06-01"))))
    for number in (1, 2, 3):
        save(archive, article(number))
    frontier = Frontier(archive, SITE)
    frontier.begin()
    assert 2 in (again := numbers(frontier))
    assert not {1, 3} & set(again)


def test_of_several_articles_of_one_day_the_last_of_the_chain_is_the_newest(archive: Archive) -> None:
    day = "2020-06-12"
    save(archive, article(1, newer(2, day)))
    save(archive, article(2, newer(3, day), older(1, day)))
    save(archive, article(3, older(2, day), older(1, day)))
    frontier = Frontier(archive, SITE)
    frontier.begin()
    assert numbers(frontier) == [3]


def test_an_undated_article_at_the_end_of_the_chain_is_the_newest(archive: Archive) -> None:
    save(archive, article(1, newer(2)))
    save(archive, article(2, older(1, "2020-06-12")))
    frontier = Frontier(archive, SITE)
    frontier.begin()
    assert numbers(frontier) == [2]


def test_a_new_run_asks_again_for_what_went_wrong(archive: Archive) -> None:
    save(archive, page(8, known=(known(1), known(2), known(3))))
    save(archive, page(1, http_status=500, state="failed", reason="500"))
    save(archive, page(2, state="blocked", reason="challenge"))
    save(archive, gone(3))
    frontier = Frontier(archive, SITE)
    assert numbers(frontier) == []
    frontier.begin()
    assert {1, 2} <= set(again := numbers(frontier))
    assert 3 not in again


def test_a_new_run_looks_again_at_what_may_be_gone(archive: Archive) -> None:
    save(archive, article(2, newer(1, "2020-01-01")))
    save(archive, article(1, older(2, "2019-01-01")))
    save(archive, gone(2, 200, day=1))
    frontier = Frontier(archive, SITE)
    frontier.begin()
    assert 2 in numbers(frontier)


def test_an_article_that_answered_unreadably_is_asked_for_until_it_is_stored(archive: Archive) -> None:
    save(archive, article(2, newer(1)))
    save(archive, page(1, http_status=302, location="http://khac.example/", reason="redirect off the site", kind=""))
    frontier = Frontier(archive, SITE)
    frontier.begin()
    assert 1 in numbers(frontier)
    save(archive, article(1, newer(3), day=1))
    save(archive, article(3, day=1))  # the newest, which every run looks at; so 1 is not
    frontier.begin()
    assert 1 not in numbers(frontier)


def test_attempts_in_vain_are_counted_until_an_answer_comes(archive: Archive) -> None:
    def attempts() -> int:
        row = archive.conn.execute("SELECT attempts FROM pages WHERE key = ?", (key(1),)).fetchone()
        return int(row[0])

    save(archive, page(1, state="failed", http_status=500))
    save(archive, page(1, day=1, state="failed", http_status=500))
    assert attempts() == 2
    save(archive, article(1, day=2))
    assert attempts() == 0


def test_start_pages_are_due_whatever_is_known_of_them(archive: Archive) -> None:
    save(archive, article(1))
    frontier = Frontier(archive, SITE)
    assert frontier.add([known(1)]) == 0
    assert numbers(frontier) == [1]


def test_taking_walks_an_index_and_sorts_nothing(archive: Archive) -> None:
    for query, values in ((_AHEAD, (SITE, 0, 5)), (_AT_ONCE, (SITE, 5))):
        plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {query}", values)]
        assert "USING INDEX pages_due" in plan[0]
        assert not [step for step in plan if "SCAN" in step or "TEMP" in step]


def test_the_moment_a_page_became_known_is_kept(archive: Archive) -> None:
    save(archive, article(1, newer(2)))
    row = archive.conn.execute("SELECT first_seen_at FROM pages WHERE key = ?", (key(2),)).fetchone()
    assert row == (START.strftime("%Y-%m-%dT%H:%M:%SZ"),)
