"""Ed25519 signatures: who holds a pack can know years later that no byte of it was changed."""

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

BYTES = 64
_SECRET = re.compile(r"[0-9a-f]{64}")


class WrongKey(ValueError):
    """A key that cannot sign or verify: where, why, and what to do."""


def secret_from(text: str, where: str) -> bytes:
    """The secret key that 64 hexadecimal digits say."""
    if not _SECRET.fullmatch(text):
        raise WrongKey(
            f"{where}: its password is not 64 hexadecimal digits, so it cannot sign. Make one with "
            "`python3 -c 'import secrets; print(secrets.token_hex(32))'`, and keep a copy of it."
        )
    return bytes.fromhex(text)


def _private(secret: bytes) -> Ed25519PrivateKey:
    if not secret:
        raise WrongKey(
            "the signing key: there is none here, and every pack is signed. Draft and publish "
            "through Airflow, whose connection scorecard_signing_key holds it."
        )
    return Ed25519PrivateKey.from_private_bytes(secret)


def sign(data: bytes, secret: bytes) -> bytes:
    """The signature of bytes: 64 bytes, and the same each time."""
    return _private(secret).sign(data)


def public_of(secret: bytes) -> bytes:
    """The public key that belongs to a secret one: 32 bytes that anybody may know."""
    return _private(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public: bytes) -> str:
    """The name of a public key: its SHA-256."""
    return hashlib.sha256(public).hexdigest()


def pem_of(public: bytes) -> bytes:
    """A public key as other programs read it, such as `openssl pkeyutl -verify`."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_from(pem: bytes, where: str) -> bytes:
    """The public key in a PEM file."""
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise WrongKey(
            f"{where}: is not a public Ed25519 key in PEM form. Take the one that the council "
            "published, or ask for the output of `scorecard signing-key`."
        )
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def is_signed(data: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the holder of the secret key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True
