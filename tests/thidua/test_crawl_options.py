"""Options of `thidua crawl` that are checked before anything is asked for, or that change how it asks."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from archive import warc
from tests.faultserver import faults
from tests.samplesite import Site, serve
from thidua.crawl import overrides
from thidua.options import Certificates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "thidua.example.vn")])
NOW = datetime.now(UTC)


def certificate(*, days: int = 1) -> bytes:
    """Make a certificate that expires in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(NOW - timedelta(days=30)).not_valid_after(NOW + timedelta(days=days))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def revocations() -> bytes:
    """Make a list of revoked certificates: PEM, and none that could be trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateRevocationListBuilder(NAME, NOW, NOW + timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.mark.parametrize("days", [1, -1])
def test_a_certificate_can_be_trusted_also_one_that_has_expired(days: int, tmp_path: Path) -> None:
    (tmp_path / "site.pem").write_bytes(b"Ch\xe1\xbb\xa9ng th\xc6\xb0\n" + certificate(days=days))
    assert Certificates().convert(str(tmp_path / "site.pem"), None, None) == tmp_path / "site.pem"


def test_each_trusted_file_reaches_the_crawl(tmp_path: Path) -> None:
    files = (tmp_path / "một.pem", tmp_path / "hai.pem")
    assert overrides(trust=files)["THIDUA_TRUST"] == [str(file) for file in files]


@pytest.mark.parametrize("content", [b"", b"kh\xc3\xb4ng ph\xe1\xba\xa3i ch\xe1\xbb\xa9ng th\xc6\xb0", revocations()])
def test_a_file_without_a_certificate_cannot_be_trusted(
    content: bytes, crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "site.pem").write_bytes(content)
    ran = crawl("--trust", str(tmp_path / "site.pem"))
    assert ran.status == 2
    assert f"{tmp_path / 'site.pem'} holds no certificate" in ran.said()


def test_a_file_that_is_not_there_cannot_be_trusted(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    ran = crawl("--trust", str(tmp_path / "site.pem"))
    assert ran.status == 2
    assert "'--trust'" in ran.said()
    assert f"{tmp_path / 'site.pem'}: No such file" in ran.said()
    assert not (tmp_path / "data").exists()


def test_recheck_is_a_number_of_pages(crawl: Callable[..., Ran]) -> None:
    assert crawl("--recheck", "-1").status == 2


def test_recheck_looks_again_at_so_many_older_pages(crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=60, categories=3)) as server:
        crawl(server.url)
        least = crawl().json["requests"]
        more = crawl("--recheck", "7").json["requests"]
    assert more == least + 7


def test_timeout_is_how_long_an_answer_may_take(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=6, categories=1)
    site.fault(site.articles[0].id, "stall", seconds=20)
    with serve(site) as server:
        ran = crawl(server.url, "--timeout", "0.3")
    assert (ran.status, ran.json["failed"]) == (0, 1)
    assert ran.json["seconds"] < 15


@pytest.mark.parametrize("option", ["--timeout", "--delay"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e300", "-1", "mai"])
def test_a_time_is_a_number_of_seconds(crawl: Callable[..., Ran], option: str, value: str) -> None:
    ran = crawl("http://127.0.0.1:1/", f"{option}={value}")
    assert ran.status == 2
    assert option in ran.said()


def test_warc_size_says_when_another_file_is_begun(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(6, categories=1) as server:
        for place in (1, 3, 5):
            server.behave(server.article(place), "answer", body=b"<p>Tin<!--" + os.urandom(700_000).hex().encode())
        crawl(server.url, "--warc-size", "1")
    sizes = [(tmp_path / "data" / file).stat().st_size for file in warc.files(tmp_path / "data")]
    assert len(sizes) > 1
    assert max(sizes) < 2_000_000


def test_a_warc_file_holds_something(crawl: Callable[..., Ran]) -> None:
    assert crawl("--warc-size", "0").status == 2
