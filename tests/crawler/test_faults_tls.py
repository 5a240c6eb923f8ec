"""Certificates: what is wrong with one is said, and the file that `--trust` names makes it right, and it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.trust import TrustError, certificates
from tests.crawler.fetching import fetched
from tests.faultserver import Authority, faults

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

ROOT = Authority.root()
BETWEEN = ROOT.authority()


def came(folder: Path, context: ssl.SSLContext, *trusted: Path) -> str:
    """What comes of asking a server with this certificate for its front page."""
    with faults(tls=context) as server:
        found = fetched(folder, server.url, THIDUA_TRUST=[str(file) for file in trusted])
    return found.results[server.url]


def test_an_unknown_authority_is_not_trusted(tmp_path: Path) -> None:
    assert came(tmp_path, ROOT.site("127.0.0.1").context(tmp_path, ROOT)) == "certificate not trusted"


def test_an_expired_certificate_is_named_so(tmp_path: Path) -> None:
    root = ROOT.save(tmp_path / "root.pem")
    assert came(tmp_path, ROOT.site("127.0.0.1", days=-3).context(tmp_path), root) == "certificate expired"


@pytest.mark.parametrize("name", ["127.0.0.9", "khac.example.vn"])
def test_a_certificate_for_another_name_is_named_so(tmp_path: Path, name: str) -> None:
    root = ROOT.save(tmp_path / "root.pem")
    assert came(tmp_path, ROOT.site(name).context(tmp_path), root) == "certificate for another name"


def test_a_chain_with_a_missing_link_is_named_so(tmp_path: Path) -> None:
    root = ROOT.save(tmp_path / "root.pem")
    assert came(tmp_path, BETWEEN.site("127.0.0.1").context(tmp_path), root) == "certificate chain incomplete"


def test_an_http_server_behind_an_https_address_is_named_so(tmp_path: Path) -> None:
    with faults() as server:
        url = server.url.replace("http:", "https:")
        assert fetched(tmp_path, url).results == {url: "TLS failed"}


def test_a_trusted_root_makes_its_sites_good(tmp_path: Path) -> None:
    root = ROOT.save(tmp_path / "root.pem")
    assert came(tmp_path, BETWEEN.site("127.0.0.1").context(tmp_path, BETWEEN), root) == "HTTP 200"


def test_the_missing_link_alone_makes_its_sites_good(tmp_path: Path) -> None:
    between = BETWEEN.save(tmp_path / "between.pem")
    assert came(tmp_path, BETWEEN.site("127.0.0.1").context(tmp_path), between) == "HTTP 200"


def test_the_missing_link_does_not_excuse_a_wrong_name(tmp_path: Path) -> None:
    between = BETWEEN.save(tmp_path / "between.pem")
    context = BETWEEN.site("127.0.0.9").context(tmp_path)
    assert came(tmp_path, context, between) == "certificate for another name"


@pytest.mark.parametrize(("name", "days"), [("127.0.0.1", 30), ("127.0.0.9", 30), ("127.0.0.1", -3), ("cu.vn", -400)])
def test_the_very_certificate_is_good_whatever_it_says(tmp_path: Path, name: str, days: int) -> None:
    site = BETWEEN.site(name, days=days)
    assert came(tmp_path, site.context(tmp_path), site.save(tmp_path / "site.pem")) == "HTTP 200"


def test_the_very_certificate_is_good_under_an_expired_authority_too(tmp_path: Path) -> None:
    old = ROOT.authority("Trung gian cũ", days=-9)
    site = old.site("127.0.0.1")
    context = site.context(tmp_path, old, ROOT)
    assert came(tmp_path, context) == "certificate not trusted"
    assert came(tmp_path, context, site.save(tmp_path / "site.pem")) == "HTTP 200"


def test_a_trusted_certificate_excuses_no_other_one(tmp_path: Path) -> None:
    trusted = ROOT.site("127.0.0.1").save(tmp_path / "site.pem")
    assert came(tmp_path, ROOT.site("127.0.0.1").context(tmp_path, ROOT), trusted) == "certificate not trusted"
    root = ROOT.save(tmp_path / "root.pem")
    expired = ROOT.site("127.0.0.1", days=-3).context(tmp_path)
    assert came(tmp_path, expired, root, trusted) == "certificate expired"


def test_a_site_cannot_vouch_for_another(tmp_path: Path) -> None:
    site = ROOT.site("127.0.0.1")
    forged = Authority(site.certificate, site.key).site("127.0.0.1")
    assert came(tmp_path, forged.context(tmp_path), site.save(tmp_path / "site.pem")).startswith("certificate ")


def test_a_file_without_a_certificate_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ghi-chu.txt"
    file.write_text("không phải chứng chỉ", "utf-8")
    with pytest.raises(TrustError, match=r"--trust .*ghi-chu\.txt holds no certificate"):
        certificates(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match=r"--trust .*thieu\.pem: No such file"):
        certificates(tmp_path / "thieu.pem")
