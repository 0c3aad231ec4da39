"""Person identifiers to keyed hashes, at the door: a name goes no further than `accept`."""

import hmac
from hashlib import sha256


def normalised(identifier: str) -> str:
    """One spelling of a person's user name: lower case, without mail or Windows domain."""
    return identifier.strip().lower().split("@")[0].rsplit("\\", 1)[-1]


def pseudonym(identifier: str, key: bytes) -> str:
    """The person's pseudonym: the same for every system, and not to be undone without the key.

    HMAC-SHA-256 cut to 128 bits, as 32 hexadecimal digits (ICO, pseudonymisation guidance, 2025).
    """
    return hmac.digest(key, normalised(identifier).encode(), sha256).hex()[:32]
