"""SFTP with the server's own key agreed beforehand: without it nothing is sent, not even a name."""

import base64
import io
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from scorecard.connectors import Ask, CannotFetch, Connection

PATIENCE = 20  # seconds in which a server has to answer a sign-in
SILENCE = 120  # seconds that it may be silent while a file is read


class Verified(SFTPFileSystem):  # type: ignore[misc]
    """fsspec's SFTP. It would trust any server at the first meeting; this one trusts one key."""

    def _connect(self) -> None:
        given = dict(self.ssh_kwargs)
        kind, key = given.pop("host_key")
        port = given.get("port", 22)
        self.client = paramiko.SSHClient()
        named = self.host if port == 22 else f"[{self.host}]:{port}"
        self.client.get_host_keys().add(named, kind, key)
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, **given)
        self.ftp = self.client.open_sftp()
        if channel := self.ftp.get_channel():
            channel.settimeout(SILENCE)


def sftp(ask: Ask, connection: Connection) -> SFTPFileSystem:
    """The server of a connection, signed in to by password or key."""
    extra = connection.extra
    return Verified(
        connection.host,
        skip_instance_cache=True,
        port=connection.port or 22,
        username=connection.login,
        password=connection.password or None,
        pkey=_private_key(ask, extra.get("private_key"), extra.get("private_key_passphrase")),
        host_key=_host_key(ask, str(extra.get("host_key") or "")),
        timeout=PATIENCE,
        banner_timeout=PATIENCE,
        auth_timeout=PATIENCE,
        allow_agent=False,
        look_for_keys=False,
    )


def _host_key(ask: Ask, written: str) -> tuple[str, paramiko.PKey]:
    """The key that the server must have: its kind and its value, as known_hosts writes them."""
    try:
        kind, text = written.split()[:2]
        key = paramiko.PKey.from_type_string(kind, base64.b64decode(text, validate=True))
    except Exception:
        raise CannotFetch(
            f"{ask.named}: host_key is missing or cannot be read, and no server is trusted without "
            "it. Ask the server's team for it, and add it to the extra fields as "
            "'ssh-ed25519 AAAA...'."
        ) from None
    return kind, key


def _private_key(ask: Ask, written: Any, passphrase: Any) -> paramiko.PKey | None:
    if not written:
        return None
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(str(written)), password=passphrase or None)
        except Exception:
            continue
    raise CannotFetch(
        f"{ask.named}: private_key cannot be read, or its passphrase is wrong. Add it to the extra "
        "fields as OpenSSH or PEM text, with private_key_passphrase if it has one."
    )
