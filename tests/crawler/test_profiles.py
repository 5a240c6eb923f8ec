"""A profile's file: what it says is checked on load, and every error names the file, the key and what is wrong."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from crawler import sites
from crawler.pages.selected import FIELDS, REMOVED
from crawler.sites import Profile, SiteError

DOCS = Path(__file__).parents[2] / "docs" / "profiles.md"
HEAD = 'name = "Sở Vạn Hoa"\nhosts = ["vanhoa.example.vn"]\n'


def written(folder: Path, text: str, name: str = "vanhoa.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def loaded(folder: Path, text: str) -> Profile:
    return sites.load(str(written(folder, HEAD + text)))


BROKEN = [
    ('hosts = ["a.vn"]', "name", "is missing"),
    ('name = "A"', "hosts", "is missing"),
    ('name = "A"\nhosts = []', "hosts", "at least one"),
    ('name = "A"\nhosts = "a.vn"', "hosts", "must be a list of texts"),
    ('name = "A"\nhosts = [7]', "hosts", "a number (7)"),
    ('name = "A"\nhosts = ["http://a.vn"]', "hosts", "has a scheme: write 'a.vn' alone"),
    ('name = "A"\nhosts = ["a.vn/tin"]', "hosts", "is no host"),
    ('name = "A"\nhosts = ["a b.vn"]', "hosts", "is no host"),
    ('name = 5\nhosts = ["a.vn"]', "name", "must be a text"),
    (HEAD + 'colour = "red"', "colour", "no such key"),
    (HEAD + 'start_url = ["http://vanhoa.example.vn/"]', "start_url", "did you mean start_urls?"),
    (HEAD + 'start_urls = ["vanhoa.example.vn"]', "start_urls", "write it whole"),
    (HEAD + 'start_urls = ["http://khac.example.vn/"]', "start_urls", "on none of the hosts"),
    (HEAD + 'listing_pages = ["http://khac.example.vn/tin"]', "listing_pages", "on none of the hosts"),
    (HEAD + 'earliest = "2003"', "earliest", "must be a date without quotes"),
    (HEAD + "earliest = 2003-11-26T10:00:00", "earliest", "must be a date"),
    (HEAD + "labels = 3", "labels", "must be a table, [labels]"),
    (HEAD + '[labels]\nnewer = ["x"]', "labels.newer", "is no label"),
    (HEAD + '[labels]\nnewest = ["Tin nóng"]', "labels.newest", "did you mean newer?"),
    (HEAD + '[labels]\nnewer = ["Tin nóng"]\nolder = ["TIN NÓNG:"]', "labels.older", "another label too"),
    (HEAD + '[boilerplate]\nedges = ["/(/"]', "boilerplate.edges", "is not a regular expression"),
    (HEAD + '[boilerplate]\nanywhere = ["/(a+)+/"]', "boilerplate.anywhere", "takes too long on some texts"),
    (HEAD + 'dates = ["%d/%m"]', "dates", "gives no year"),
    (HEAD + 'dates = ["%d/%m/%Q"]', "dates", "%Q, which means nothing here"),
    (HEAD + 'dates = ["%d/%d/%m/%Y"]', "dates", "twice"),
    (HEAD + 'dates = ["/[0-9]+/"]', "dates", "gives no day and no month and no year"),
    (HEAD + '[selectors]\ntitle = "h1["', "selectors.title", "is not a CSS selector"),
    (HEAD + '[selectors]\ntitle = "h1::text"', "selectors.title", "leave out what begins with ::"),
    (HEAD + '[selectors]\nheadline = "h1"', "selectors.headline", "no such key"),
    (HEAD + "[urls]\nskip = ['/print/']", "urls.skip", "must hold pairs"),
    (HEAD + "[urls]\nskip = [['/print/', '']]", "urls.skip", "needs a reason"),
    (HEAD + "[urls]\nskip = [['', 'print']]", "urls.skip", "is empty"),
    (HEAD + "[urls]\nskip = [['.*', 'print']]", "urls.skip", "matches everything"),
    (HEAD + "[urls]\nskip = [['(?:a|aa|a.)*b$', 'slow']]", "urls.skip", "takes too long"),
    (HEAD + "[urls]\nskip = [['^.*a.*a.*a.*a.*a.*b$', 'slow']]", "urls.skip", "takes too long"),
    (HEAD + "[urls]\narticle = ['[']", "urls.article", "is not a regular expression"),
    (HEAD + "[urls]\nrewrite = [['/a/', '/\\2/']]", "urls.rewrite", "cannot be"),
    (
        HEAD + '[[era]]\nuntil = 2016-01-01\n[[era]]\nuntil = 2016-01-01\ndates = ["%d.%m.%y"]',
        "era 1.until",
        "nothing but",
    ),
    (
        HEAD + '[[era]]\nuntil = 2016-01-01\ndates = ["%d.%m.%y"]\n[[era]]\nuntil = 2016-01-01\ndates = ["%d.%m.%y"]',
        "era 2.until",
        "overlap",
    ),
    (
        HEAD + '[[era]]\nuntil = 2016-01-01\ndates = ["%d.%m.%y"]\n[[era]]\nuntil = 2014-01-01\ndates = ["%d.%m.%y"]',
        "era 2.until",
        "order of time",
    ),
    (HEAD + "[[era]]\ndates = ['%d.%m.%y']", "era 1.until", "is missing"),
    (HEAD + "era = 7", "era", "each under a line [[era]]"),
]


@pytest.mark.parametrize(("text", "key", "words"), BROKEN)
def test_what_is_wrong_is_told_in_one_line_with_file_and_key(text: str, key: str, words: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SiteError) as error:
        sites.load(str(file))
    said = str(error.value)
    assert said.startswith(f"{file}: {key}: ")
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"name = ", "is not TOML"), (b"\xff\xfe\x00", "not UTF-8"), (b"#" * 1_000_001, "larger than a profile can be")],
)
def test_a_file_that_is_no_profile_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "vanhoa.toml"
    file.write_bytes(content)
    with pytest.raises(SiteError, match=words) as error:
        sites.load(str(file))
    assert str(error.value).startswith(str(file))


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="No such file"):
        sites.load(str(tmp_path / "khongco.toml"))
    (tmp_path / "thumuc.toml").mkdir()
    with pytest.raises(SiteError, match="Is a directory"):
        sites.load(str(tmp_path / "thumuc.toml"))


def test_a_files_name_is_the_sites_key(tmp_path: Path) -> None:
    assert sites.load(str(written(tmp_path, HEAD))).key == "vanhoa"
    with pytest.raises(SiteError, match="the file's name is the site's key"):
        sites.load(str(written(tmp_path, HEAD, "văn hoa.toml")))


def test_a_file_written_on_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "vanhoa.toml"
    file.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert sites.load(str(file)).name == "Sở Vạn Hoa"


def test_without_a_start_the_front_page_is_one(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").start_urls == ("https://vanhoa.example.vn/",)


def test_the_example_in_the_docs_can_be_used_and_names_every_key(tmp_path: Path) -> None:
    text = DOCS.read_text("utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    profile = sites.load(str(written(tmp_path, example)))
    assert profile.skips("https://vanhoa.example.gov.vn/vi/en/tin") == "nested language path"
    assert len(profile.eras) == 1
    told = text.partition("## Every key")[2]
    for key in ("name", "hosts", "start_urls", "listing_pages", "earliest", "dates", "until", *FIELDS, REMOVED):
        assert f"`{key}`" in told
    for key in ("skip", "article", "listing", "rewrite", "newer", "older", "other", "edges", "anywhere"):
        assert f"`{key}`" in told


# --- rules on addresses


def test_the_first_rule_that_matches_says_why_an_address_is_left_out(tmp_path: Path) -> None:
    profile = loaded(tmp_path, "[urls]\nskip = [['/print/', 'print pop-up'], ['/en/', 'English copy']]")
    assert profile.skips("http://vanhoa.example.vn/en/print/7") == "print pop-up"
    assert profile.skips("http://vanhoa.example.vn/EN/tin/7") == "English copy"
    assert profile.skips("http://vanhoa.example.vn/tin/7") == ""


def test_rules_rewrite_one_after_another(tmp_path: Path) -> None:
    rules = "[urls]\nrewrite = [['/web/so/', '/vi/'], ['/vi/(\\d+)$', '/vi/tin-\\1.html']]"
    profile = loaded(tmp_path, rules)
    assert profile.address("http://vanhoa.example.vn/web/so/17") == "http://vanhoa.example.vn/vi/tin-17.html"
    assert profile.address("http://vanhoa.example.vn/khac") == "http://vanhoa.example.vn/khac"


def test_a_rewriting_that_leaves_no_address_changes_nothing(tmp_path: Path) -> None:
    profile = loaded(tmp_path, "[urls]\nrewrite = [['^http.*', 'x']]")
    assert profile.address("http://vanhoa.example.vn/tin") == "http://vanhoa.example.vn/tin"


def test_an_address_that_is_rewritten_is_judged_in_both_forms(tmp_path: Path) -> None:
    rules = "[urls]\nskip = [['/in/', 'print'], ['/cu/', 'old']]\nrewrite = [['/in/', '/tin/'], ['/x/', '/cu/']]"
    profile = loaded(tmp_path, rules)
    assert profile.skips("http://vanhoa.example.vn/in/7") == "print"
    assert profile.skips("http://vanhoa.example.vn/x/7") == "old"


# --- eras


def test_an_era_holds_for_pages_captured_before_its_end(tmp_path: Path) -> None:
    text = """
dates = ["%d.%m.%y"]
[labels]
newer = ["Tin nóng"]
[[era]]
until = 2012-01-01
dates = ["%m/%d/%Y"]
[[era]]
until = 2016-01-01
labels.older = ["Tin xưa"]
"""
    profile = loaded(tmp_path, text)
    oldest, old, new = (profile.hints(day) for day in (date(2011, 12, 31), date(2012, 1, 1), date(2016, 1, 1)))
    assert oldest.forms != old.forms == new.forms
    assert oldest.newer == old.newer == new.newer == {"tin nong"}
    assert old.older == {"tin xua"}
    assert not new.older


# --- where profiles are found


def test_a_profile_in_the_archives_folder_wins_over_one_that_comes_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    written(tmp_path / "sites", HEAD, "haiduong.toml")
    assert sites.load("haiduong", tmp_path).name == "Sở Vạn Hoa"
    assert sites.load("haiduong").name == "Hải Dương"
    assert sites.for_url("http://www.vanhoa.example.vn/tin", tmp_path).key == "haiduong"


def test_a_profile_that_is_kept_is_found_again_and_replaced_by_a_newer_one(tmp_path: Path) -> None:
    archive = tmp_path / "data"
    sites.keep(loaded(tmp_path, ""), archive)
    assert sites.known("vanhoa", archive=archive).listing_pages == ()
    sites.keep(loaded(tmp_path, 'listing_pages = ["http://vanhoa.example.vn/tin"]'), archive)
    assert sites.known("vanhoa", archive=archive).listing_pages == ("http://vanhoa.example.vn/tin",)
    assert [file.name for file in (archive / "sites").iterdir()] == ["vanhoa.toml"]


def test_files_that_other_systems_leave_beside_profiles_are_none(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    for name in ("._vanhoa.toml", ".toml", "vanhoa.toml~", "vanhoa.toml.new"):
        written(tmp_path / "sites", "not TOML", name)
    assert sites.keys(tmp_path) == sites.keys()


def test_a_profile_that_comes_with_the_program_is_not_copied(tmp_path: Path) -> None:
    sites.keep(sites.load("haiduong"), tmp_path)
    assert not (tmp_path / "sites").exists()


def test_a_profile_goes_to_another_process_whole(tmp_path: Path) -> None:
    profile = loaded(tmp_path, "[urls]\nskip = [['/print/', 'print pop-up']]\n[selectors]\ntitle = 'h1'")
    again = pickle.loads(pickle.dumps(profile))  # noqa: S301 - our own
    assert again == profile
    assert again.skips("http://vanhoa.example.vn/print/7") == "print pop-up"
