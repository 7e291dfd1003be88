"""Signed Content Credentials (C2PA 2.1) for pictures that leave the studio. Only where the user asked for it.

A certificate that the studio makes itself proves that the file was not changed since, and nothing about who made
it: readers call it “valid” and “not trusted”. A user's own, from an authority, is read from a PEM file.

Needs the libraries of `dalle-studio[credentials]`; import this module only when something is to be signed.
"""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c2pa import Builder, C2paSignerInfo, Context, Settings, Signer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import (
    CertificateIssuerPrivateKeyTypes,
    PrivateKeyTypes,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dalle_studio import __version__
from dalle_studio.core.errors import CannotWrite, UnreadableFile
from dalle_studio.core.sentence import say
from dalle_studio.storage.durable import cannot_write, replace_bytes

FILE = "content-credential.pem"
VALID_DAYS = 5 * 365
MIME_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_SETTINGS = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False},
}


@dataclass(frozen=True)
class Credential:
    """What signs: certificates in PEM, the signer's own first, its key, and the algorithm that goes with it."""

    certificates: str
    key: str = field(repr=False)
    algorithm: str


def own_credential(folder: Path) -> Credential:
    """The one that the studio made for this user, made now if there is none yet.

    Raises CannotWrite where it cannot be kept, UnreadableFile where it is damaged.
    """
    path = folder / FILE
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise cannot_write(path, error) from error
        replace_bytes(path, _certified(ec.generate_private_key(ec.SECP256R1())), mode=0o600)
    return read_credential(path)


def read_credential(path: Path) -> Credential:
    """A user's own: a PEM file of certificates, the signer's first, and its key without a password.

    Raises UnreadableFile with the reason.
    """

    try:
        data = path.read_bytes()
        certificates = x509.load_pem_x509_certificates(data)
        key = serialization.load_pem_private_key(data, password=None)
        algorithm = _algorithm(key)
        if certificates[0].public_key() != key.public_key():
            raise ValueError("the key is not that of the first certificate")
    except (OSError, ValueError, TypeError) as error:  # TypeError: the key has a password
        raise UnreadableFile(
            say("{name} holds no certificate with its key.", name=path.name),
            say(
                "Use a PEM file with the certificates, the signer's own first, and its key without a "
                "password."
            ),
            repr(error),
        ) from error
    return Credential("".join(_pem(each) for each in certificates), _key_pem(key), algorithm)


def sign(data: bytes, kind: str, credential: Credential, source_type: str, title: str) -> bytes:
    """The same picture with signed Content Credentials.

    Args:
        data: the whole file.
        kind: “PNG”, “JPEG” or “WEBP”.
        credential: what signs.
        source_type: what it is, a URI of IPTC's digital source types.
        title: of the picture, such as its file's name.

    Raises:
        CannotWrite: it cannot be signed, for example since the certificate has expired.
    """
    signed = io.BytesIO()
    info = C2paSignerInfo(
        credential.algorithm, credential.certificates.encode(), credential.key.encode(), None
    )
    try:
        with (
            Settings.from_json(json.dumps(_SETTINGS)) as settings,
            Context(settings) as context,
            Signer.from_info(info) as signer,
            Builder(_manifest(kind, source_type, title), context) as builder,
        ):
            builder.sign(signer, MIME_TYPES[kind], io.BytesIO(data), signed)
    except Exception as error:  # the library raises a tree of its own, and what its streams raise
        raise CannotWrite(
            say("The picture could not be signed."),
            say("Check that the certificate is valid for signing, or export without Content Credentials."),
            repr(error),
        ) from error
    return signed.getvalue()


def _manifest(kind: str, source_type: str, title: str) -> str:
    created = {"action": "c2pa.created", "digitalSourceType": source_type}
    manifest: dict[str, Any] = {
        "claim_generator_info": [{"name": "Dalle Studio", "version": __version__}],
        "title": title,
        "format": MIME_TYPES[kind],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }
    return json.dumps(manifest)


def _algorithm(key: PrivateKeyTypes) -> str:
    """As C2PA calls it. Raises ValueError where it allows no such key."""

    match key:
        case ec.EllipticCurvePrivateKey(curve=curve) if curve.name in _CURVES:
            return _CURVES[curve.name]
        case ed25519.Ed25519PrivateKey():
            return "ed25519"
        case rsa.RSAPrivateKey() if key.key_size >= 2048:
            return "ps256"
        case _:
            raise ValueError(f"C2PA allows no key like {type(key).__name__}")


def _certified(key: CertificateIssuerPrivateKeyTypes) -> bytes:
    """The key with its certificate and that of the authority that issued it, whose key is thrown away."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root_name, name = _name("Dalle Studio, made on this machine"), _name("A user of Dalle Studio")
    own_id = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own_id)
    root = _dated(x509.CertificateBuilder(root_name, root_name, root_key.public_key()))
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = root.add_extension(_usage(key_cert_sign=True), critical=True)
    root = root.add_extension(own_id, critical=False)
    leaf = _dated(x509.CertificateBuilder(root_name, name, key.public_key()))
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(_usage(digital_signature=True), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    leaf = leaf.add_extension(issuer_id, critical=False)
    leaf = leaf.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    chain = (builder.sign(root_key, hashes.SHA256()) for builder in (leaf, root))
    return ("".join(_pem(each) for each in chain) + _key_pem(key)).encode()


def _name(text: str) -> x509.Name:

    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Dalle Studio"),
            x509.NameAttribute(NameOID.COMMON_NAME, text),
        ]
    )


def _dated(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:

    now = datetime.datetime.now(datetime.UTC)
    builder = builder.not_valid_before(now - datetime.timedelta(days=1))
    builder = builder.not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
    return builder.serial_number(x509.random_serial_number())


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:

    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:

    return certificate.public_bytes(Encoding.PEM).decode()


def _key_pem(key: PrivateKeyTypes) -> str:

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
