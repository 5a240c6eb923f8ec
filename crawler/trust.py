"""Whose certificate is believed: what the system believes, and what the user names with `--trust`.

A certificate is always verified. Where a site's own cannot be, its keepers' certificate can be named: that of an
authority, that of the one between an authority and the site which the site forgets to send, or the site's very own;
only that last one is then also believed when it has expired or was made out to another name.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from OpenSSL import SSL
from OpenSSL.crypto import X509, X509StoreFlags
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from service_identity import CertificateError, VerificationError
from service_identity.cryptography import verify_certificate_hostname, verify_certificate_ip_address
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import optionsForClientTLS, platformTrust
from twisted.python.failure import Failure
from zope.interface import implementer  # type: ignore[import-untyped] # it has no types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler
    from twisted.protocols.tls import TLSMemoryBIOProtocol

EXPIRED = "certificate expired"
TOO_EARLY = "certificate not valid yet"
OTHER_NAME = "certificate for another name"
INCOMPLETE = "certificate chain incomplete"
UNTRUSTED = "certificate not trusted"
# OpenSSL's numbers (x509_vfy.h) of what can be wrong with a chain.
_WORDS = {
    2: INCOMPLETE,  # the issuer of a certificate is neither sent nor known
    9: TOO_EARLY,
    10: EXPIRED,
    20: INCOMPLETE,
    21: INCOMPLETE,
    23: "certificate revoked",
    66: "certificate too weak",
    67: "certificate too weak",
    68: "certificate too weak",
}


class TrustError(Exception):
    """A file given with `--trust` cannot be used; the message names it."""


class CertificateRefusedError(Exception):
    """Raised instead of talking to a server whose certificate is not believed; its text says why, in a few words."""


def certificates(file: Path) -> list[x509.Certificate]:
    """Return the certificates of a PEM file.

    Raises:
        TrustError: the file cannot be read, or holds no certificate.
    """
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as error:
        raise TrustError(f"--trust {file}: {error.strerror}; name a file with a certificate") from error
    except ValueError as error:
        raise TrustError(f"--trust {file} holds no certificate: save the site's, or its issuer's, as PEM") from error


@implementer(IOpenSSLTrustRoot)
class _Roots:
    """The system's authorities, and the certificates named."""

    def __init__(self, trusted: Iterable[x509.Certificate]) -> None:
        self._trusted = [X509.from_cryptography(each) for each in trusted]
        self._platform = platformTrust()  # type: ignore[no-untyped-call] # Twisted has no types there

    def _addCACertsToContext(self, context: SSL.Context) -> None:  # noqa: N802 - Twisted calls it
        """Fill a context that is about to be used."""
        self._platform._addCACertsToContext(context)  # noqa: SLF001 - as Twisted's own roots are used
        if not self._trusted:
            return
        store = context.get_cert_store()
        if store is None:
            raise TrustError("--trust: OpenSSL has no place for certificates")
        for each in self._trusted:
            store.add_cert(each)
        store.set_flags(X509StoreFlags.PARTIAL_CHAIN)  # what is named need not be a root


class Policy(_ScrapyClientContextFactory):
    """Scrapy's TLS settings with our own verification; the setting `THIDUA_TRUST` lists the files to trust."""

    def __init__(self, *args: Any, trusted: Iterable[x509.Certificate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trusted = list(trusted)
        self._roots: Any = _Roots(trusted)  # Any: mypy does not know zope's interfaces
        self._pins = frozenset(each.fingerprint(SHA256()) for each in trusted)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the policy for this crawler.

        Raises:
            TrustError: a file of `THIDUA_TRUST` cannot be used.
        """
        trusted = [each for file in crawler.settings.getlist("THIDUA_TRUST") for each in certificates(Path(file))]
        return super().from_crawler(crawler, *args, trusted=trusted, **kwargs)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: ARG002, N802 - Twisted's name and arguments
        """Return what makes connections to a host."""
        name = hostname.decode("ascii")
        options = optionsForClientTLS(
            name, trustRoot=self._roots, extraCertificateOptions=self._get_cert_options_kwargs()
        )
        return _Verified(options, name, self._pins)


@implementer(IOpenSSLClientConnectionCreator)
class _Verified:
    """Makes Twisted's connections, and looks at their certificates itself, so as to say what is wrong with them."""

    def __init__(self, options: Any, name: str, pins: frozenset[bytes]) -> None:
        self._options = options
        self._name = name
        self._pins = pins

    def clientConnectionForTLS(self, tlsProtocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802, N803 - Twisted's
        """Return a connection that believes no certificate but a good one."""
        connection: SSL.Connection = self._options.clientConnectionForTLS(tlsProtocol)
        required = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        connection.set_verify(required, _judge(tlsProtocol, self._name, self._pins))
        return connection


def _judge(
    protocol: TLSMemoryBIOProtocol, name: str, pins: frozenset[bytes]
) -> Callable[[SSL.Connection, X509, int, int, int], bool]:
    """Return what OpenSSL asks about each certificate, from the root down; the site's own (depth 0) comes last.

    Where certificates are pinned, a fault further up is only noted: the site's own may turn out to be one of them.
    """
    told_to = weakref.ref(protocol)  # the protocol holds the connection, which holds this
    noted: list[str] = []

    def judged(_: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
        parsed = certificate.to_cryptography()
        if depth == 0 and parsed.fingerprint(SHA256()) in pins:
            return True
        words = "" if ok else _WORDS.get(error, UNTRUSTED)
        if depth and (pins or not words):
            noted.extend([words] if words else [])
            return True
        words = next(iter(noted), words) or _misnamed(parsed, name)
        listener = told_to()
        if words and listener is not None:
            refusal = Failure(CertificateRefusedError(words))  # type: ignore[no-untyped-call] # Twisted has no types here
            listener.failVerification(refusal)  # type: ignore[no-untyped-call] # the same
        return not words

    return judged


def _misnamed(certificate: x509.Certificate, name: str) -> str:
    """Return words where a certificate is not made out to the host that was asked, else an empty string."""
    check = verify_certificate_ip_address if isIPAddress(name) or isIPv6Address(name) else verify_certificate_hostname
    try:
        check(certificate, name)
    except (VerificationError, CertificateError):
        return OTHER_NAME
    return ""
