"""No request reaches a private address, unless the site that the crawl was started on lives at one.

The check stands where a connection is made, on the very addresses that are connected to: a name that is harmless when a
page mentions it can lead to 127.0.0.1 a second later, and `http://2130706433/` is 127.0.0.1 too. Twisted asks its
resolver for names and for addresses in any spelling, so the resolver is the one door that all requests pass: pages,
redirects' targets and robots.txt.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import signals
from scrapy.resolver import CachingHostnameResolver
from twisted.internet import address
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped] # it has no types

from crawler.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress, IHostResolution

# Of the registry of special addresses (RFC 6890), what Python's `is_global` lets pass in some of its versions.
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that has been given out for public use
_NAT64 = IPv6Network("64:ff9b::/96")  # how a network without IPv4 spells an IPv4 address


class PrivateAddressError(Exception):
    """Raised instead of connecting to a private address; the message names host and address."""


def is_public(text: str) -> bool:
    """Tell whether an address (`203.113.1.9`, `2405:4800::1`, `fe80::1%eth0`) is one of the public network.

    Not public are loopback, private, link-local, multicast, reserved, shared (CGNAT) and unspecified ones, and IPv6
    addresses that stand for such an IPv4 one. What is no address is not public.
    """
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in _NAT64:
            return _public4(IPv4Address(int(found) & 0xFFFFFFFF))
        inner = found.sixtofour or (found.teredo or (None, None))[1]
        return found in _UNICAST and found.is_global and (inner is None or _public4(inner))
    return _public4(found)


def _public4(found: IPv4Address) -> bool:
    special = found.is_multicast or found.is_reserved or any(found in network for network in _SPECIAL)
    return found.is_global and not special


class _Barred(address.IPv4Address):
    """Stands for addresses that are not connected to: who reads where it leads gets the error.

    A resolver has no other way to say why it found nothing: without an address, Twisted reports an unknown host.
    """

    def __init__(self, told: str) -> None:
        self._told = told

    @property
    def host(self) -> str:  # type: ignore[override] # an attribute there; Twisted reads it when it connects
        """Never answers.

        Raises:
            PrivateAddressError: always.
        """
        raise PrivateAddressError(self._told)


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on the addresses that may be connected to."""

    def __init__(self, receiver: Any, host: str, guard: Resolver) -> None:
        self._receiver = receiver
        self._host = host
        self._guard = guard
        self._found: list[Any] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's name
        """Pass on that the look-up has begun."""
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        """Keep an address until all are known."""
        self._found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        """Pass on what may be used."""
        for found in self._guard.admitted(self._host, self._found):
            self._receiver.addressResolved(found)
        self._receiver.resolutionComplete()


class Resolver(CachingHostnameResolver):
    """Scrapy's resolver, behind a sieve. Until it is told of a site (`admit`), it lets only public addresses pass."""

    def __init__(self, reactor: ReactorBase, cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        self._own: set[str] = set()  # hosts whose first answer may be a private address
        self._private: set[str] = set()  # the addresses that they turned out to have

    def admit(self, hosts: Iterable[str]) -> None:
        """Let these hosts have a private address: the one found first, where it has no public one.

        What was public at first does not become private later, and the other way round no other address is let in.
        """
        self._own |= set(hosts)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted passes some of them by name
        hostName: str,  # noqa: N803 - the same
        portNumber: int = 0,  # noqa: N803 - the same
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - the same
        transportSemantics: str = "TCP",  # noqa: N803 - the same
    ) -> IHostResolution:
        """Look a host up, an address in any spelling included."""
        sieve: Any = _Sieve(resolutionReceiver, _spelt(hostName), self)
        return super().resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)

    def admitted(self, host: str, found: Sequence[Any]) -> list[Any]:
        """Return those of a host's addresses that may be connected to; where none may, one that says so."""
        where = [str(getattr(each, "host", "")) for each in found]
        if found and host in self._own:
            self._own.remove(host)  # the first answer decides
            if not any(map(is_public, where)):
                self._private.update(where)
        good = [each for each, text in zip(found, where, strict=True) if is_public(text) or text in self._private]
        if found and not good:
            return [_Barred(f"{host} leads to {', '.join(sorted(set(where)))}, a private address")]
        return good


class Guard:
    """Tells the resolver which hosts the crawl was started on, and of a proxy that the user has set."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.begin, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension for this crawler, connected to its signals."""
        return cls(crawler)

    def begin(self, spider: Spider) -> None:
        """A crawl begins."""
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one: not before Scrapy has

        resolver = reactor.nameResolver
        session = getattr(spider, "session", None)
        if isinstance(resolver, Resolver):
            resolver.admit(proxies())
            if isinstance(session, Session):
                resolver.admit(start_hosts(session))


def start_hosts(session: Session) -> set[str]:
    """Return the names or addresses, without port, of the hosts that a run starts on."""
    starts = session.scope.start_urls or [f"//{host}" for host in session.scope.hosts]
    return {_spelt(urlsplit(start).hostname or "") for start in starts}


def proxies() -> set[str]:
    """Return the hosts of the proxies that the environment names; to reach them is what the user asked for."""
    named = (url if "://" in url else f"http://{url}" for kind, url in getproxies().items() if kind != "no")
    return {_spelt(urlsplit(url).hostname or "") for url in named}


def _spelt(host: str) -> str:
    """Return a host in the one spelling in which hosts are compared: lower case, ASCII, without a last dot."""
    try:
        return host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return host.lower().rstrip(".")
