"""Private addresses are out of reach, however spelt and wherever a name leads, unless the crawl began there."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard import PrivateAddressError, Resolver, is_public
from tests.crawler.fetching import fetched
from tests.faultserver import faults

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawler.fetching import Fetched


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep a machine's passwords
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "khong-phai-dia-chi",
    ],
)
def test_an_address_of_no_public_network_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["203.113.131.1", "8.8.8.8", "2405:4800::1", "64:ff9b::808:808"])
def test_an_address_of_the_public_network_is_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture(scope="module")
def from_one_address(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fetched, str, int]:
    """A crawl that began on 127.0.0.2 and is led to 127.0.0.1 in all ways."""
    with faults(host="127.0.0.2") as home, faults() as other:
        port = other.url.rstrip("/").rpartition(":")[2]
        spellings = [f"http://{name}:{port}/" for name in SPELLINGS]
        found = fetched(tmp_path_factory.mktemp("private"), home.url, *spellings)
        return found, port, other.connections


SPELLINGS = (
    "127.0.0.1",
    "localhost",  # what a name leads to is known only after the look-up
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "127.1",
    "017700000001",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "0.0.0.0",
    "169.254.169.254",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_private_address_than_the_start_is_out_of_reach(
    from_one_address: tuple[Fetched, str, int], spelling: str
) -> None:
    found, port, _ = from_one_address
    assert found.results[f"http://{spelling}:{port}/"] == "private address"


def test_nothing_connects_to_what_is_out_of_reach(from_one_address: tuple[Fetched, str, int]) -> None:
    assert from_one_address[2] == 0


def test_a_private_start_is_crawled_under_every_name_that_leads_to_its_address(tmp_path: Path) -> None:
    with faults() as server:
        by_name = server.url.replace("127.0.0.1", "localhost")
        found = fetched(tmp_path, server.url, by_name)
    assert found.results == {server.url: "HTTP 200", by_name: "HTTP 200"}


def test_a_name_as_the_start_lets_its_private_address_in(tmp_path: Path) -> None:
    with faults() as server:
        by_name = server.url.replace("127.0.0.1", "localhost")
        assert fetched(tmp_path, by_name).results == {by_name: "HTTP 200"}


def test_a_crawl_of_a_public_site_reaches_no_private_address(tmp_path: Path) -> None:
    with faults() as server:
        found = fetched(tmp_path, server.url, start="http://203.113.131.1/")
        assert server.connections == 0
    assert found.results == {server.url: "private address"}


def test_a_robots_txt_does_not_lead_to_a_private_address_either(tmp_path: Path) -> None:
    with faults(host="127.0.0.2") as home, faults() as other:
        by_name = other.url.replace("127.0.0.1", "localhost")
        home.behave("/robots.txt", "redirect", to=f"{by_name}robots.txt")
        hosts = [url.removeprefix("http://").rstrip("/") for url in (home.url, by_name)]
        found = fetched(tmp_path, home.url, hosts=hosts)
        assert other.connections == 0
    assert found.results == {home.url: "private address"}


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine speaks no IPv6")
def test_an_ipv6_start_is_crawled(tmp_path: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 on loopback")
    with faults(host="::1") as server:
        assert fetched(tmp_path, server.url).results == {server.url: "HTTP 200"}


@pytest.fixture
def resolver() -> Resolver:
    resolver = object.__new__(Resolver)  # without a reactor: nothing is looked up here
    resolver._own, resolver._private = set(), set()
    return resolver


def at(address: str) -> IPv4Address | IPv6Address:
    return IPv6Address("TCP", address, 80) if ":" in address else IPv4Address("TCP", address, 80)


def hosts(admitted: list[IPv4Address | IPv6Address]) -> list[str]:
    return [address.host for address in admitted]


def test_a_start_that_was_public_does_not_become_private_while_it_is_crawled(resolver: Resolver) -> None:
    resolver.admit({"tdkt.example.vn"})
    assert hosts(resolver.admitted("tdkt.example.vn", [at("203.113.131.1")])) == ["203.113.131.1"]
    with pytest.raises(PrivateAddressError, match=r"tdkt\.example\.vn leads to 127\.0\.0\.1, a private address"):
        hosts(resolver.admitted("tdkt.example.vn", [at("127.0.0.1")]))


def test_of_public_and_private_addresses_the_public_ones_are_used(resolver: Resolver) -> None:
    resolver.admit({"tdkt.example.vn"})
    found = [at("10.0.0.7"), at("203.113.131.1"), at("fd00::7")]
    assert hosts(resolver.admitted("tdkt.example.vn", found)) == ["203.113.131.1"]


def test_a_private_start_lets_in_no_other_private_address(resolver: Resolver) -> None:
    resolver.admit({"noi-bo.example.vn"})
    assert hosts(resolver.admitted("noi-bo.example.vn", [at("10.0.0.7")])) == ["10.0.0.7"]
    with pytest.raises(PrivateAddressError):
        hosts(resolver.admitted("noi-bo.example.vn", [at("10.0.0.8")]))


def test_a_host_that_is_not_found_stays_not_found(resolver: Resolver) -> None:
    assert resolver.admitted("khong-co.example.vn", []) == []
