"""Certificates, good and bad, for servers on loopback."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

_numbers = count(1)


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Any = field(repr=False)

    def save(self, file: Path) -> Path:
        """Write the certificate as PEM, as one would for `--trust`."""
        file.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return file

    def context(self, folder: Path, *sent: Issued) -> ssl.SSLContext:
        """A server's context, which sends this certificate and those of `sent` after it."""
        file = folder / f"{next(_numbers)}.pem"
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = b"".join(each.certificate.public_bytes(Encoding.PEM) for each in (self, *sent))
        file.write_bytes(key + chain)
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(file)
        return made


class Authority(Issued):
    """An authority: the root of a chain, or one between the root and a site."""

    @classmethod
    def root(cls, name: str = "Gốc thử nghiệm") -> Authority:
        """A new root."""
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(_signed(name, key, _name(name), key, authority=True), key)

    def authority(self, name: str = "Trung gian thử nghiệm", days: int = 30) -> Authority:
        """An authority below this one."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.certificate.subject
        return Authority(_signed(name, key, issuer, self.key, authority=True, days=days), key)

    def site(self, *hosts: str, days: int = 30) -> Issued:
        """A site's certificate, valid for so many days; negative: it ended so many days ago."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.certificate.subject
        return Issued(_signed(hosts[0], key, issuer, self.key, hosts=hosts, days=days), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _signed(  # noqa: PLR0913 - what a certificate says
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    *,
    hosts: tuple[str, ...] = (),
    authority: bool = False,
    days: int = 30,
) -> x509.Certificate:
    now = datetime.now(UTC)
    begin = now - timedelta(days=1 if days >= 0 else 2 - days)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if hosts:
        builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(each) for each in hosts]), False)
    return builder.sign(by, SHA256())
