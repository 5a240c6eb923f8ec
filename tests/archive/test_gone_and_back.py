"""How an article goes and comes back, and what never takes its place."""

import pytest

from archive import Archive
from archive.history import history
from archive.store import save
from tests.archive.build import article, gone, page, text, url
from tests.archive.saying import BODY, CHANGED, LOGIN, SAID, TITLE, run, said, stored, versions


def events(archive: Archive, number: int = 1) -> list[tuple[int, str, str, str]]:
    """Return number of the version, day, what happened and why."""
    return [
        (version.number, event.captured_at[:10], event.status, event.reason)
        for version in versions(archive, number)
        for event in version.events
    ]


def status(archive: Archive) -> str:
    return history(archive, url(1)).status


@pytest.mark.parametrize("answer", [404, 410])
def test_the_servers_word_makes_it_gone_at_once_and_the_text_stays(archive: Archive, answer: int) -> None:
    stored(archive)
    assert save(archive, gone(1, answer, day=1)).what == "gone"
    assert save(archive, gone(1, answer, day=2)).what == "none", "gone already"
    assert status(archive) == "gone"
    assert versions(archive)[0].body == BODY
    assert events(archive) == [(1, "2024-01-02", "gone", "")]


@pytest.mark.parametrize(("code", "reason"), [(200, "says it does not exist"), (302, "redirect to the home page")])
def test_a_politer_word_has_to_be_heard_in_two_runs(archive: Archive, code: int, reason: str) -> None:
    stored(archive)
    first, second = run(archive), run(archive)
    for day, by, what in ((1, first, "none"), (2, first, "none"), (3, second, "gone")):
        answer = page(1, day, http_status=code, state="gone", reason=reason, run_id=by)
        assert save(archive, answer).what == what
    assert events(archive) == [(1, "2024-01-04", "gone", reason)]


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("failed", "", 500),
        ("failed", "", 503),
        ("failed", "", 0),
        ("failed", "empty", 200),
        ("failed", "unavailable", 200),
        ("blocked", "challenge", 200),
        ("blocked", "", 403),
        ("fetched", "other", 200),
        ("fetched", "listing", 200),
    ],
)
def test_trouble_neither_overwrites_nor_takes_away(archive: Archive, state: str, kind: str, code: int) -> None:
    stored(archive)
    for day in (1, 2):
        answer = page(1, day, state=state, kind=kind, http_status=code, reason="trouble", run_id=run(archive))
        assert save(archive, answer).what == "none"
    assert status(archive) == "live"
    assert [version.body for version in versions(archive)] == [BODY]
    assert history(archive, 1).trouble == "trouble"


def test_a_redirect_to_a_login_neither_overwrites_nor_takes_away(archive: Archive) -> None:
    stored(archive)
    for day in (1, 2):
        save(archive, page(1, day, http_status=302, location=url(99), reason="redirect", run_id=run(archive)))
    assert (status(archive), [version.body for version in versions(archive)]) == ("live", [BODY])


def test_it_comes_back_with_the_same_text(archive: Archive) -> None:
    stored(archive)
    save(archive, gone(1, day=1))
    assert save(archive, article(1, day=2, said=SAID)).what == "back"
    assert (status(archive), len(versions(archive))) == ("live", 1)
    assert events(archive) == [(1, "2024-01-02", "gone", ""), (1, "2024-01-03", "live", "")]


def test_it_comes_back_with_another_text(archive: Archive) -> None:
    stored(archive)
    save(archive, gone(1, day=1))
    assert save(archive, article(1, day=2, said=CHANGED["a word"])).what == "back"
    assert (status(archive), len(versions(archive))) == ("live", 2)
    assert events(archive) == [(1, "2024-01-02", "gone", ""), (2, "2024-01-03", "live", "")]


def test_an_old_capture_that_turns_up_late_neither_takes_it_away_nor_brings_it_back(archive: Archive) -> None:
    save(archive, article(1, day=5, said=SAID))
    assert save(archive, gone(1, day=3)).what == "none"
    assert status(archive) == "live"
    save(archive, gone(1, day=9))
    assert save(archive, article(1, day=7, said=SAID)).what == "unchanged"
    assert status(archive) == "gone"


# --- a text that is nothing like it -----------------------------------------------------------------------------------


def test_a_login_form_in_its_place_is_not_believed(archive: Archive) -> None:
    for number in (1, 2):
        save(archive, article(number, said=said(title=f"{TITLE} {number}")))
    for day in (1, 2, 3):
        by = run(archive)
        for number in (1, 2):
            what = save(archive, article(number, day=day, said=LOGIN, run_id=by)).what
            assert what == "doubted", "what two articles say alike is neither's text"
    assert [len(versions(archive, number)) for number in (1, 2)] == [1, 1]
    held = archive.conn.execute("SELECT count(*) FROM captures WHERE quarantined IS NOT NULL").fetchone()
    assert held == (6,)


def test_what_is_doubted_is_told_and_its_validators_are_not_kept(archive: Archive) -> None:
    stored(archive)
    save(archive, article(1, day=1, said=LOGIN, run_id=run(archive), etag='"a"'))
    assert history(archive, 1).trouble == "has nothing in common with the article stored"
    assert archive.conn.execute("SELECT etag FROM pages WHERE id = 1").fetchone() == (None,)


def test_a_doubt_is_over_when_the_article_is_read_again(archive: Archive) -> None:
    stored(archive)
    save(archive, article(1, day=1, said=LOGIN, run_id=run(archive)))
    assert save(archive, article(1, day=2, said=SAID, run_id=run(archive))).what == "unchanged"
    assert save(archive, article(1, day=3, said=LOGIN, run_id=run(archive))).what == "doubted"
    assert len(versions(archive)) == 1


def test_another_article_under_its_number_is_believed_in_the_second_run(archive: Archive) -> None:
    other = text("Văn phòng tỉnh trao quà cho học sinh vùng cao", "Chiều qua, đoàn đã đến trường Hoa Sen. Mưa rất to.")
    stored(archive)
    first, second = run(archive), run(archive)
    seen = [
        save(archive, article(1, day=day, said=other, run_id=by)).what
        for day, by in ((1, first), (2, first), (3, second))
    ]
    assert seen == ["doubted", "doubted", "changed"]
    assert [version.title for version in versions(archive)] == [TITLE, other.title]


def test_a_rewritten_text_under_its_title_is_believed_at_once(archive: Archive) -> None:
    assert stored(archive, said("Bài đang được cập nhật.")) == ["changed"]
