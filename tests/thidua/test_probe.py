"""`thidua probe`: what the readers see on one page, and why; nothing is stored."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from tests.samplesite import Response, Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.samplesite import Server
    from tests.thidua.conftest import Ran

HOST = "vanhoa.example.vn"
PROFILE = f"""
name = "Sở Vạn Hoa"
hosts = ["{HOST}"]
dates = ["%d.%m.%y"]
[urls]
skip = [['/in/', "print pop-up"]]
listing = ['/chuyen-muc/']
rewrite = [['/web/', '/tin/']]
[boilerplate]
anywhere = ["Chung sức"]
[[era]]
until = 2016-01-01
selectors.title = ".tieu"
"""
PAGE = """<title>Biểu dương hộ trồng sen</title><h1>Biểu dương hộ trồng sen</h1><b class=tieu>Tin cũ</b>
<div>Đăng 12.06.20</div>
<p>Sáng nay, Uỷ ban nhân dân huyện Vạn Hoa đã biểu dương mười hai hộ nông dân trồng sen trên đất trũng của xã.</p>
<p>Chung sức</p><p>Các hộ được biểu dương đã chuyển hơn ba mươi héc-ta đất trũng sang trồng sen trong năm qua.</p>
<h3>Các tin khác</h3><ul><li><a href="/web/bai-viet-1">Tin về thôn số một của xã Hoa Sen</a></li>
<li><a href="/in/bai-viet-2">Tin về thôn số hai của xã Hoa Sen</a></li>
<li><a href="/chuyen-muc/nong-thon">Tin về nông thôn trong toàn huyện</a></li>
<li><a href="http://khac.vn/tin/bai-viet-3">Tin về thôn số ba của xã Hoa Sen</a></li></ul>"""


@pytest.fixture
def run(thidua_in: Callable[[Path], Callable[..., Ran]], tmp_path: Path) -> Callable[..., Ran]:
    """Run `thidua probe`, which takes no archive, in the test's folder."""
    bound = thidua_in(tmp_path)

    def probe(*arguments: str) -> Ran:
        return bound("probe", *arguments)

    return probe


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    return str(file)


@pytest.fixture
def profile(tmp_path: Path) -> str:
    file = tmp_path / "vanhoa.toml"
    file.write_text(PROFILE, "utf-8")
    return str(file)


def probed(run: Callable[..., Ran], *arguments: str) -> Any:
    ran = run(*arguments, "--json")
    assert ran.status == 0, ran.err
    return ran.json


def test_fields_come_with_where_they_were_found(run: Callable[..., Ran], page: str) -> None:
    seen = probed(run, page, "--url", f"http://{HOST}/tin/bai-viet-17")
    assert (seen["kind"], seen["title"], seen["verdict"]) == (
        "article",
        "Biểu dương hộ trồng sen",
        "stored as an article",
    )
    assert seen["sources"]["title"] == "line 1, which the page's head names too"
    assert "lists of other articles" in seen["why"]
    assert [each["label"] for each in seen["lists"]] == ["Các tin khác"]


def test_a_profile_shows_in_fields_items_address_and_what_was_dropped(
    run: Callable[..., Ran], page: str, profile: str
) -> None:
    seen = probed(run, page, "--site", profile, "--url", f"http://{HOST}/web/bai-viet-17", "--at", "2022-08-27")
    assert seen["published"] == "2020-06-12"
    assert seen["sources"]["date"].endswith("Đăng 12.06.20")
    assert seen["address"]["meant"] == f"http://{HOST}/tin/bai-viet-17"
    assert seen["address"]["key"] == f"{HOST}/tin/bai-viet-17"
    assert seen["profile"] == {"key": "vanhoa", "name": "Sở Vạn Hoa", "era": "the newest"}
    assert {"line": 0, "text": "Chung sức", "why": "furniture, by the profile: wherever it stands"} in seen["dropped"]
    assert [item["refused"] for item in seen["items"]] == [
        "", "left out by the profile: print pop-up", "a listing, by the profile", "off the site",
    ]  # fmt: skip
    assert seen["items"][0]["url"] == f"http://{HOST}/tin/bai-viet-1"


def test_the_era_is_that_of_the_day(run: Callable[..., Ran], page: str, profile: str) -> None:
    seen = probed(run, page, "--site", profile, "--url", f"http://{HOST}/tin/bai-viet-17", "--at", "2015-12-31")
    assert (seen["profile"]["era"], seen["title"]) == ("before 2016-01-01", "Tin cũ")


def test_an_address_that_the_profile_leaves_out_says_so(run: Callable[..., Ran], page: str, profile: str) -> None:
    seen = probed(run, page, "--site", profile, "--url", f"http://{HOST}/in/bai-viet-17")
    assert seen["verdict"] == "left out by the profile: print pop-up"


def test_a_person_reads_it_all_on_one_screen(run: Callable[..., Ran], page: str, profile: str) -> None:
    ran = run(page, "--site", profile, "--url", f"http://{HOST}/tin/bai-viet-17")
    for words in (
        "ARTICLE  Biểu dương",
        "date       12/06/2020",
        "Các tin khác → undirected, 4 items",
        "✗ off the site",
    ):
        assert words in ran.out
    assert "list of other articles: 5 lines" in ran.out
    assert "… 1 more (--lines)" in ran.out


def test_a_saved_page_tells_its_own_address(run: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_text(f"<!-- Mirrored from {HOST}/tin/a-17.html by HTTrack Website Copier/3.x -->{PAGE}", "utf-8")
    seen = probed(run, str(file))
    assert seen["address"]["url"] == f"http://{HOST}/tin/a-17.html"
    file.write_text(PAGE, "utf-8")
    seen = probed(run, str(file))
    assert (seen["told"], seen["kind"]) == ("the file tells no address: give it with --url", "article")


# --- on the network


@pytest.fixture
def server() -> Iterator[Server[Site]]:
    with serve(Site(articles=9, categories=1)) as running:
        yield running


def test_a_site_is_asked_once_and_robots_txt_before(
    run: Callable[..., Ran], server: Server[Site], tmp_path: Path
) -> None:
    seen = probed(run, server.url)
    assert seen["kind"] == "home"
    assert dict(server.requests) == {"/robots.txt": 1, "/": 1}
    assert not (tmp_path / "data").exists()


class Answers:
    """A site that answers what it is told to."""

    def __init__(self, **answers: Response) -> None:
        self.answers = answers

    def render(self, target: str, visit: int = 1, if_none_match: str = "") -> Response:  # noqa: ARG002 - the server's interface
        return self.answers.get(target.strip("/").replace(".", "_") or "front", Response(404, (), b""))


def test_what_robots_txt_forbids_is_not_asked_for(run: Callable[..., Ran]) -> None:
    forbidding = Answers(robots_txt=Response(200, (("Content-Type", "text/plain"),), b"User-agent: *\nDisallow: /"))
    with serve(forbidding) as running:
        ran = run(running.url)
        assert ran.status == 1
        assert "robots.txt forbids it" in ran.said()
        assert dict(running.requests) == {"/robots.txt": 1}


def test_a_robots_txt_that_fails_forbids_all(run: Callable[..., Ran]) -> None:
    with serve(Answers(robots_txt=Response(503, (), b""))) as running:
        assert "nothing may be asked for" in run(running.url).said()


def test_redirects_are_followed_on_the_site_alone(run: Callable[..., Ran]) -> None:
    html = (("Content-Type", "text/html; charset=utf-8"),)
    moved = Answers(
        front=Response(302, (("Location", "/tin"),), b""),
        tin=Response(200, html, PAGE.encode()),
        ra=Response(302, (("Location", "http://khac.example.vn/"),), b""),
        vong=Response(302, (("Location", "/vong"),), b""),
    )
    with serve(moved) as running:
        assert "redirected from" in probed(run, running.url)["told"]
        assert "leads off the site" in run(f"{running.url}ra").said()
        assert "leads on and on" in run(f"{running.url}vong").said()


def test_a_page_that_is_not_there_is_shown_and_not_taken_for_one(run: Callable[..., Ran], server: Server[Site]) -> None:
    assert probed(run, f"{server.url}khong-co")["verdict"] == "gone: HTTP 404"


# --- what is no page


def test_a_record_of_a_warc_file_is_found_by_any_spelling_of_its_address(
    run: Callable[..., Ran], thidua_in: Callable[[Path], Callable[..., Ran]], server: Server[Site], tmp_path: Path
) -> None:
    assert thidua_in(tmp_path)("crawl", server.url, "--delay", "0").status == 0
    warc = next((tmp_path / "data" / "warc").glob("*.warc.gz"))
    seen = probed(run, str(warc), "--url", f"{server.url}index.html#top")
    assert (seen["address"]["url"], seen["kind"]) == (server.url, "home")
    assert "say which with --url; there is http://127.0.0.1" in run(str(warc)).said()
    assert "holds no answer of http://127.0.0.1/khong" in run(str(warc), "--url", "http://127.0.0.1/khong").said()
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(warc.read_bytes()[:-2_000])
    assert probed(run, str(cut), "--url", server.url)["kind"] == "home"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.warc.gz", b"", "the file is empty"),
        ("zeros.warc.gz", gzip.compress(b"\0" * 5_000, mtime=0), "no whole WARC record"),
        ("text.warc", b"not a WARC file", "no whole WARC record"),
        ("huge.html", b"<p>" * 12_000_000, "larger than a page can be"),
    ],
    ids=["empty", "zeros", "text", "huge"],
)
def test_a_file_that_cannot_be_one_is_told_in_a_line(
    name: str, content: bytes, words: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run(str(tmp_path / name), "--url", f"http://{HOST}/tin")
    assert ran.status == 1
    assert words in ran.said()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "not-html"),
        (bytes(range(256)) * 40, "not-html"),
        (b'{"a": 1}', "not-html"),
        (PAGE.encode("utf-16"), "article"),
        (PAGE.encode()[:700], "article"),
    ],
)
def test_any_bytes_are_something(content: bytes, kind: str, run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "any").write_bytes(content)
    assert probed(run, str(tmp_path / "any"), "--url", f"http://{HOST}/tin/bai-viet-17")["kind"] == kind


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("khong-co.html",), 1, "there is no such file"),
        ((".",), 1, "is no file"),
        (("http://127.0.0.1:9/",), 1, "Connection refused"),
        (("ftp://a.vn/",), 2, "only http:// and https://"),
        (("http://a.vn/", "--url", "http://a.vn/"), 2, "is the address of a page in a FILE"),
        (("x.html", "--url", "a.vn"), 2, "needs a scheme"),
        (("x.html", "--site", "khong-co"), 2, "no site profile is called 'khong-co'"),
        (("x.html", "--site", "./khong-co.toml"), 2, "No such file"),
        (("x.html", "--at", "hôm qua"), 2, "is not a date"),
    ],
)
def test_wrong_use_is_one_line(arguments: tuple[str, ...], status: int, words: str, run: Callable[..., Ran]) -> None:
    ran = run(*arguments)
    assert ran.status == status
    assert words in ran.said()
