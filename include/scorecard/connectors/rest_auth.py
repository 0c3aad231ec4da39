"""Who asks a web service: what each question carries, and a token that is renewed in time.

No secret is in an address, an error or a log.
"""

import base64
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scorecard.connectors import CannotFetch, Connection
from scorecard.connectors.rest_request import Auth

# A token is renewed so many seconds before it expires. How long it lives is counted here, not
# compared with the service's clock, which may be wrong.
_AHEAD = 60


@dataclass
class Credentials:
    """What a question carries to be answered."""

    auth: Auth
    connection: Connection
    token_url: str
    ask_for_token: Callable[[str, dict[str, str], dict[str, str]], bytes]
    _token: str = field(default="", repr=False)
    _until: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a connection that holds no secret."""
        if not self.connection.password:
            raise CannotFetch(
                f"connection {self.connection.name}: it has no password, which holds the secret of "
                f"{self.auth.kind}. Enter it under Admin, Connections."
            )
        if self.auth.kind in ("bearer", "header") and not fits_a_header(self.connection.password):
            raise CannotFetch(
                f"connection {self.connection.name}: its password holds a character that no header "
                "can carry, such as the end of a line. Enter the secret again."
            )

    def headers(self) -> dict[str, str]:
        """The header that says who asks."""
        kind, secret = self.auth.kind, self.connection.password
        if kind == "basic":
            return {"Authorization": _basic(self.connection.login, secret)}
        if kind == "key_as_login":
            return {"Authorization": _basic(secret, "X")}
        if kind == "header":
            return {self.auth.header: f"{self.auth.scheme} {secret}".lstrip()}
        if kind == "bearer":
            return {"Authorization": f"Bearer {secret}"}
        if not self._token or time.monotonic() > self._until - _AHEAD:
            self._renew()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> bool:
        """Give up a token that the service no longer takes; False if another cannot be had."""
        had, self._token = bool(self._token), ""
        return self.auth.kind == "oauth2" and had

    def _renew(self) -> None:
        """Ask for a token with the client's login and secret."""
        form = {"grant_type": "client_credentials"} | (
            {"scope": self.auth.scope} if self.auth.scope else {}
        )
        headers = {}
        if self.auth.client == "basic":
            headers["Authorization"] = _basic(self.connection.login, self.connection.password)
        else:
            form |= {
                "client_id": self.connection.login, "client_secret": self.connection.password,
            }  # fmt: skip
        given = _object(self.ask_for_token(self.token_url, form, headers))
        token, lives = given.get("access_token"), given.get("expires_in", 3600)
        if not (isinstance(token, str) and token and fits_a_header(token) and _is_a_life(lives)):
            raise CannotFetch(
                f"connection {self.connection.name}: the address of tokens answered without one. "
                "See whether token_url, login and password are those of a client that may ask."
            )
        self._token = token
        # A life shorter than the time ahead would be renewed for every page.
        self._until = time.monotonic() + max(int(lives), 2 * _AHEAD)


def fits_a_header(text: str) -> bool:
    """Whether a text can stand in a header."""
    return text.isascii() and text.isprintable()


def _is_a_life(said: object) -> bool:
    """Whether an answer says in seconds how long a token lives."""
    return re.fullmatch(r"[0-9]{1,10}", str(said)) is not None


def _object(body: bytes) -> dict[str, Any]:
    """The object that JSON bytes hold; empty if they hold none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _basic(login: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()
