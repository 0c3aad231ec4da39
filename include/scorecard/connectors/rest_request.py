"""How a web service is asked for a month: `include/rest/<system>.yaml`, read.

Every key of the file is a field here. Texts in braces are filled in when it is asked: {from} and
{until} of the month's window, {month}, {fin_year}, {period_no}; {size}, {offset}, {page} and
{cursor} of the paging; and {extra.<name>}, what the connection's Extra says under that name.
A header is the same on every page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from scorecard.period import Month
from scorecard.permitted import AboveNought, FromOne
from scorecard.strict import Must, WrongDefinition, record, yaml_of

_NAMED = re.compile(r"\{([a-z_]+(?:\.[A-Za-z0-9_]+)?)\}")
_OF_THE_MONTH = ("from", "until", "month", "fin_year", "period_no")
_OF_THE_PAGE = ("size", "offset", "page", "cursor")
# What each way of paging fills in.
_FILLS = {"offset": "offset", "page": "page", "cursor": "cursor"}

Zone = Annotated[str, Must(lambda name: name in available_timezones(), "a time zone")]
UpTo16 = Annotated[int, Must(lambda n: 1 <= n <= 16, "a whole number from 1 to 16")]


@dataclass(frozen=True)
class Auth:
    """How the service knows who asks. The secret itself is the password of the connection."""

    # basic: login and password; key_as_login: the password is a key that is sent as a login;
    # bearer: it is a token; header: it is a key of its own header; oauth2: login and password are
    # a client's, for which a token is given for a time.
    kind: Literal["basic", "key_as_login", "bearer", "header", "oauth2"]
    header: str = "Authorization"  # header: which one holds the key
    scheme: str = ""  # header: the word that stands before the key
    token_url: str = ""
    scope: str = ""
    client: Literal["body", "basic"] = "body"  # oauth2: where the client's login and secret go

    @property
    def problem(self) -> str:
        """What is missing, and what to do."""
        if self.kind == "oauth2" and not self.token_url:
            return "oauth2 needs token_url. Add the address that gives tokens."
        return ""


@dataclass(frozen=True)
class Window:
    """How the month's first moment and its end are written for the service."""

    format: str = "%Y-%m-%dT%H:%M:%SZ"  # as strftime has it; or epoch, epoch_ms
    zone: Zone = "UTC"
    until: Literal["exclusive", "inclusive"] = "exclusive"
    margin_hours: int = 0  # so much earlier and later: rows go to their own month anyway


@dataclass(frozen=True)
class Paging:
    """How the service is asked for what does not fit on one page.

    Offsets and page numbers go on until a page is empty, because a service may make pages shorter
    than asked for; `more` ends them sooner.
    """

    kind: Literal["none", "offset", "page", "cursor", "next", "link"]
    size: FromOne = 100
    first: int = 0  # the first offset or page
    at: str = ""  # cursor, next: where an answer has it
    more: str = ""  # where an answer says whether there is more

    @property
    def problem(self) -> str:
        """What is missing, and what to do."""
        if self.kind in ("cursor", "next") and not self.at:
            return f"{self.kind} needs `at`. Add the path at which an answer has it."
        return ""


@dataclass(frozen=True)
class Limits:
    """How much is taken, and how long is waited."""

    page_mb: UpTo16 = 16
    total_mb: FromOne = 4096
    pages: FromOne = 100_000
    seconds: FromOne = 120  # for one page
    tries: FromOne = 7  # for one page
    wait_seconds: AboveNought = Decimal(1)  # after the first failure; then twice that, and so on
    longest_wait_seconds: FromOne = 600


@dataclass(frozen=True)
class Request:
    """How one system is asked. Its name is the name of its file, and of its mapping."""

    system: str
    asks: str  # which service, and of its documentation what matters here
    path: str
    auth: Auth
    paging: Paging
    # now: the service says only how things are when it is asked, whichever month is meant
    of: Literal["month", "now"] = "month"
    records: str = ""  # where a page has its list of records; empty: the page is the list
    id: str = ""  # where a record has its number, by which a page that comes twice is known
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    window: Window = field(default_factory=Window)
    limits: Limits = field(default_factory=Limits)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that may have something to fill in."""
        said = (*self.params.values(), *self.headers.values())
        return (self.path, self.body, self.auth.token_url, *said)


def load(path: Path) -> Request:
    """The request in a file; WrongDefinition names the file, the key and the mend."""
    request = record(Request, yaml_of(path), path.name)
    for problem in _problems(request, path):
        raise WrongDefinition(f"{path.name}: {problem}")
    return request


def _problems(request: Request, path: Path) -> list[str]:
    """What makes a request unusable, each with its mend."""
    found = []
    if request.system != path.stem:
        found.append(f"system is '{request.system}'. Name it like its file, '{path.stem}'.")
    if not request.path.startswith("/") or request.path.startswith("//"):
        found.append("path: begins with no /. The host stands in the connection.")
    named = {name for text in request.texts for name in _NAMED.findall(text)}
    known = {*_OF_THE_MONTH, *_OF_THE_PAGE}
    for name in sorted(name for name in named - known if not name.startswith("extra.")):
        found.append(f"'{{{name}}}' is unknown. Use {', '.join(sorted(known))} or extra.<name>.")
    if request.of == "month" and not named & set(_OF_THE_MONTH):
        found.append("it asks for no month. Use {from} and {until}, or {month}, in `params`.")
    if request.of == "now" and named & set(_OF_THE_MONTH):
        found.append("it asks for a month, but is `of: now`. Take one of the two out.")
    needed = _FILLS.get(request.paging.kind)
    if needed and needed not in named:
        found.append(f"paging: {request.paging.kind} fills in {{{needed}}}. Use it in `params`.")
    of_headers = {name for text in request.headers.values() for name in _NAMED.findall(text)}
    for name in sorted(of_headers & set(_OF_THE_PAGE) - {"size"}):
        found.append(f"headers: {{{name}}} is another on every page. Use it in `params`.")
    if any(key.lower() in ("authorization", "cookie") for key in request.headers):
        found.append("headers: a secret stands in no file. Say it with `auth`, and a connection.")
    return found


def of_the_month(request: Request, month: Month) -> dict[str, str]:
    """What is filled in of a month, as the service writes it."""
    window, quarter = request.window, month.quarter
    margin = timedelta(hours=window.margin_hours)
    last = timedelta(seconds=1 if window.until == "inclusive" else 0)
    return {
        "from": _written(month.starts_at - margin, window),
        "until": _written(month.ends_at + margin - last, window),
        "month": str(month),
        "fin_year": str(quarter).rpartition("-")[0],
        "period_no": str((month.number - 4) % 12 + 1),
        "size": str(request.paging.size),
    }


def _written(moment: datetime, window: Window) -> str:
    if window.format in ("epoch", "epoch_ms"):
        seconds = int(moment.astimezone(UTC).timestamp())
        return str(seconds * 1000 if window.format == "epoch_ms" else seconds)
    return moment.astimezone(ZoneInfo(window.zone)).strftime(window.format)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what stands in braces filled in; KeyError names what there is nothing for."""
    return _NAMED.sub(lambda named: values[named[1]], text)


def params_of(request: Request, values: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a page. What asks for a cursor is left out while there is none."""
    return {
        name: filled(text, values)
        for name, text in request.params.items()
        if "{cursor}" not in text or values.get("cursor")
    }
