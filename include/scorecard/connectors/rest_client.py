"""One page of a web service after the other: with patience, and within limits.

Certificates are always verified, and there is no switch for that. The secret goes to the
connection's own host only: no redirect and no next page leads elsewhere. Proxies and additional
certificates are those of the environment (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE).
No body, address with its parameters, or header of the service stands in an error.
"""

import logging
import random
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from scorecard.connectors import Ask, Away, CannotFetch
from scorecard.connectors.rest_address import home_of, joined, plain, tokens_at
from scorecard.connectors.rest_auth import Credentials, fits_a_header
from scorecard.connectors.rest_receiving import PACKED, Line, NotWhole, received
from scorecard.connectors.rest_request import Request, filled
from scorecard.json_records import NotJson, parsed

log = logging.getLogger(__name__)
# These write whole addresses and headers into a log.
for _library in ("httpx", "httpcore"):
    logging.getLogger(_library).setLevel(logging.WARNING)

_CONNECT_SECONDS = 15
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_ELSEWHERE = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_TOKEN_BYTES = 64 * 1024


class _Failed(Exception):
    """A try that may succeed when it is made again; after so many seconds, if the service says."""

    def __init__(self, what: str, after: float = 0) -> None:
        super().__init__(what)
        self.after = after


@dataclass(frozen=True)
class Answer:
    """A page as received. Its body is empty if the service said that there is none."""

    url: httpx.URL
    body: bytes
    said: object
    links: Mapping[str, str]  # of the Link header, by what each leads to


@dataclass(frozen=True)
class Service:
    """A web service that answers to one connection."""

    client: httpx.Client
    line: Line
    home: httpx.URL
    request: Request
    headers: Mapping[str, str]  # of the request, filled in
    credentials: Credentials
    named: str  # the connection, as an error names it

    def page(self, url: httpx.URL, params: Mapping[str, str], body: str = "") -> Answer:
        """A whole page; Away if the service does not give one for long, CannotFetch if never."""
        limits, wait = self.request.limits, float(self.request.limits.wait_seconds)
        for tried in range(1, limits.tries + 1):
            try:
                return self._tried(url, params, body)
            except _Failed as failure:
                problem = failure
            if problem.after > limits.longest_wait_seconds or tried == limits.tries:
                break
            # Many who wait for the same service do not come back at the same moment.
            pause = max(problem.after, wait * random.uniform(0.5, 1))
            log.info("%s: %s; asked again in %.0f s", self.named, problem, pause)
            time.sleep(pause)
            wait = min(wait * 2, limits.longest_wait_seconds)
        asks = f" It asks to wait for {problem.after:,.0f} seconds." if problem.after else ""
        raise Away(
            f"{self.named}: {self.home.host} gave no whole page ({problem}; tried {tried} times)."
            f"{asks} Nothing of it is kept. Run the DAG again when it answers."
        )

    def _tried(self, url: httpx.URL, params: Mapping[str, str], body: str) -> Answer:
        answer, content = self._asked(url, params, body)
        if answer.status_code == 401 and self.credentials.forget():
            answer, content = self._asked(url, params, body)
        self._check(answer)
        if answer.status_code == 204:
            return Answer(url, b"", None, {})
        links = {str(name): link["url"] for name, link in answer.links.items() if "url" in link}
        try:
            return Answer(answer.url, content, parsed(content), links)
        except NotJson as error:
            if "json" not in answer.headers.get("Content-Type", "json"):
                raise CannotFetch(
                    f"{self.named}: {self.home.host} answers with no JSON but "
                    f"{plain(answer.headers['Content-Type'])}. See whether the host is that of "
                    "the service itself, and not of a page on which people sign in."
                ) from None
            raise _Failed(f"a page {error}") from None

    def _asked(
        self, url: httpx.URL, params: Mapping[str, str], body: str
    ) -> tuple[httpx.Response, bytes]:
        """An answer from the connection's own host."""
        headers = {"Accept": "application/json", **self.headers}
        if body:
            headers["Content-Type"] = "application/json"
        content = body.encode() if body else None
        for _ in range(_MOST_REDIRECTS):
            own = headers | self.credentials.headers()
            question = self.client.build_request(
                self.request.method, url, params=params or None, headers=own,
                content=content,
            )  # fmt: skip
            answer, received = self._received(question, self.request.limits.page_mb * 1024**2)
            if answer.status_code not in _ELSEWHERE or "Location" not in answer.headers:
                return answer, received
            url = joined(answer.url, answer.headers["Location"], self.home, self.named)
            params = {}
        raise CannotFetch(
            f"{self.named}: {self.home.host} sends us from one address to the next. "
            "Correct the path in the request, or the host of the connection."
        )

    def _received(self, question: httpx.Request, most: int) -> tuple[httpx.Response, bytes]:
        """An answer with its whole body, within limits of size and time."""
        limits = most, self.request.limits.seconds
        try:
            return received(self.client, question, self.line, limits, self.named)
        except NotWhole as error:
            raise _Failed(str(error)) from None
        except httpx.HTTPError as error:
            if _is_distrust(error):
                raise CannotFetch(
                    f"{self.named}: the certificate of {question.url.host} cannot be verified. "
                    "Correct the host, or name the file of the council's own certificates in "
                    "SSL_CERT_FILE."
                ) from None
            raise _Failed(f"{type(error).__name__} of {question.url.host}") from None
        except httpx.InvalidURL:
            raise CannotFetch(
                f"{self.named}: no address can be made of the host and the path. Correct them."
            ) from None

    def _check(self, answer: httpx.Response) -> None:
        """Raise what an answer that is no page means."""
        status = answer.status_code
        if status in _AGAIN:
            raise _Failed(f"it answered {status}", _asked_to_wait(answer.headers))
        if status in (401, 403):
            raise CannotFetch(
                f"{self.named}: {self.home.host} refuses who asks ({status}). See whether login "
                "and password are right and not expired, and what the account may read."
            )
        if status not in (200, 204, 206):
            raise CannotFetch(
                f"{self.named}: {self.home.host} does not understand the question ({status}). "
                f"Correct include/rest/{self.request.system}.yaml, or the host of the connection."
            )

    def token(self, url: str, form: dict[str, str], headers: dict[str, str]) -> bytes:
        """What the address of tokens answers."""
        address = tokens_at(url, self.named, self.request.system)
        question = self.client.build_request("POST", address, data=form, headers=headers)
        answer, content = self._received(question, _TOKEN_BYTES)
        if answer.status_code in _AGAIN:
            what = f"the address of tokens answered {answer.status_code}"
            raise _Failed(what, _asked_to_wait(answer.headers))
        if answer.status_code != 200:
            raise CannotFetch(
                f"{self.named}: {question.url.host} gives no token ({answer.status_code}). See "
                "whether login and secret are right and not expired, and what the client may ask."
            )
        return content


@contextmanager
def service(ask: Ask, request: Request, values: Mapping[str, str]) -> Iterator[Service]:
    """The web service of a connection, to which nothing is open any more when the block ends."""
    if ask.connection is None:
        raise CannotFetch(f"{ask.named}: there is none. Make it under Admin, Connections.")
    home = home_of(ask.connection)
    timeout = httpx.Timeout(request.limits.seconds, connect=_CONNECT_SECONDS)
    with (
        closing(Line()) as line,
        httpx.Client(timeout=timeout, follow_redirects=False, headers=PACKED) as client,
    ):
        made: list[Service] = []
        credentials = Credentials(
            request.auth, ask.connection, filled(request.auth.token_url, values),
            lambda url, form, headers: made[0].token(url, form, headers),
        )  # fmt: skip
        headers = _headers_of(ask, request, values)
        made.append(Service(client, line, home, request, headers, credentials, ask.named))
        yield made[0]


def _headers_of(ask: Ask, request: Request, values: Mapping[str, str]) -> dict[str, str]:
    """The request's own headers, filled in."""
    headers = {name: filled(text, values) for name, text in request.headers.items()}
    for name in (name for name, said in headers.items() if not fits_a_header(said)):
        raise CannotFetch(
            f"{ask.named}: what {plain(name)} says holds a character that no header can carry. "
            f"Correct `headers` in include/rest/{request.system}.yaml, or the connection's Extra."
        )
    return headers


def _asked_to_wait(headers: httpx.Headers) -> float:
    """The seconds that Retry-After names. A date in it is compared with the service's own clock."""
    said = headers.get("Retry-After", "")
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until, now = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _is_distrust(error: BaseException) -> bool:
    """Whether a connection failed because of a certificate."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
