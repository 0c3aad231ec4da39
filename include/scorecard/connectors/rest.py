"""A web service, asked for a month: every page as received, in one archive.

A page that fails is asked for again; those before it are kept, so none comes twice. Nothing is
delivered before the last page is there. A page whose records all came before, in the same order,
means that paging does not move on: then nothing is delivered. A single record that comes twice,
because the list moved while it was read, is set aside when the file is read.
"""

import hashlib
import json
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx

from scorecard.connectors import Ask, CannotFetch, Delivery, twin_of
from scorecard.connectors.rest_address import joined
from scorecard.connectors.rest_client import Answer, Service, service
from scorecard.connectors.rest_paging import Place, Unclear, first, following
from scorecard.connectors.rest_request import (
    Request,
    filled,
    load,
    of_the_month,
    params_of,
)
from scorecard.json_records import NotJson, found_at, records_of
from scorecard.period import Month

log = logging.getLogger(__name__)
_WHEN = (1980, 1, 1, 0, 0, 0)  # of every page: the same answers are the same bytes


def fetch(ask: Ask) -> Iterator[Delivery]:
    """The month's pages as one file; none if the service has no records of the month."""
    request = load(twin_of("rest", ask.system))
    if request.of == "now" and Month.containing(ask.at) not in (ask.month, ask.month.shifted(1)):
        log.info("%s %s: the service says only how things are now", ask.system, ask.month)
        return
    target = ask.folder / f"{ask.system}_{ask.month}.pages.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        pages, records = _pulled(ask, request, archive)
    log.info("%s %s: %d pages, %s records", ask.system, ask.month, pages, f"{records:,}")
    if records:
        yield Delivery(target, target.name, ask.at)


def _pulled(ask: Ask, request: Request, archive: zipfile.ZipFile) -> tuple[int, int]:
    """How many pages and records were written into an archive."""
    values = _of_the_connection(ask, request) | of_the_month(request, ask.month)
    seen: set[str] = set()
    pages = total = size = 0
    with service(ask, request, values) as asked:
        place: Place | None = first(request.paging)
        url = asked.home
        while place:
            answer = _asked(asked, request, place, values, url)
            records = _records(asked, request, answer)
            _check_new(asked, request, place, {_mark(records, request)} if records else set(), seen)
            if answer.body:
                pages += 1
                archive.writestr(_member(pages), answer.body, compresslevel=6)
            total, size = total + len(records), size + len(answer.body)
            url, place = answer.url, _next(asked, request, place, answer, len(records))
            if place:
                _check_new(asked, request, place, {place.link or place.cursor} - {""}, seen)
                _check_size(asked, request, place.number, size)
    return pages, total


def _member(number: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(f"{number:06d}.json", _WHEN)
    member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
    return member


def _asked(
    asked: Service, request: Request, place: Place, values: dict[str, str], before: httpx.URL
) -> Answer:
    """The page at a place, which may be named by the page before."""
    filling = values | place.values
    body = filled(request.body, filling)
    if place.link:
        return asked.page(joined(before, place.link, asked.home, asked.named), {}, body)
    path = asked.home.path.rstrip("/") + filled(request.path, filling)
    return asked.page(asked.home.copy_with(path=path), params_of(request, filling), body)


def _next(
    asked: Service, request: Request, place: Place, answer: Answer, records: int
) -> Place | None:
    """The place of the next page; None after the last."""
    try:
        return following(request.paging, place, answer, records)
    except Unclear as error:
        raise CannotFetch(
            f"{asked.named}: page {place.number} of {asked.home.host} {error}. Nothing of it is "
            f"kept. Correct `paging` in include/rest/{request.system}.yaml."
        ) from None


def _records(asked: Service, request: Request, answer: Answer) -> list[Any]:
    """The records of a page."""
    try:
        return records_of(answer.said, request.records) if answer.body else []
    except NotJson as error:
        raise CannotFetch(
            f"{asked.named}: an answer of {asked.home.host} {error}. Correct `records` in "
            f"include/rest/{request.system}.yaml, or the question."
        ) from None


def _mark(records: list[Any], request: Request) -> str:
    """What two pages have in common that hold the same records in the same order."""
    ids = [found_at(record, request.id) if request.id else record for record in records]
    return hashlib.sha256(json.dumps(ids, default=str, sort_keys=True).encode()).hexdigest()


def _check_size(asked: Service, request: Request, pages: int, size: int) -> None:
    limits = request.limits
    if pages >= limits.pages or size > limits.total_mb * 1024**2:
        what = f"goes on after {pages:,} pages and {size // 1024**2:,} MB"
        raise CannotFetch(
            f"{asked.named}: the list of {asked.home.host} {what}. See whether the question asks "
            f"for one month; else raise `limits` in include/rest/{request.system}.yaml."
        )


def _check_new(
    asked: Service, request: Request, place: Place, marks: set[str], seen: set[str]
) -> None:
    """Refuse a page that came before, by its records or by where it is."""
    if marks & seen:
        raise CannotFetch(
            f"{asked.named}: page {place.number} of {asked.home.host} is one that came before, so "
            f"paging does not move on. Nothing of it is kept. Correct `paging` in "
            f"include/rest/{request.system}.yaml."
        )
    seen |= marks


def _of_the_connection(ask: Ask, request: Request) -> dict[str, str]:
    """What is filled in of the connection's Extra."""
    extra = dict(ask.connection.extra) if ask.connection else {}
    values = {f"extra.{name}": str(value) for name, value in extra.items()}
    for text in request.texts:
        try:
            filled(text, _Asked(values))
        except KeyError as error:
            raise CannotFetch(
                f"{ask.named}: its Extra has no '{str(error.args[0]).removeprefix('extra.')}', "
                f"which include/rest/{request.system}.yaml uses. Add it under Admin, Connections."
            ) from None
    return values


class _Asked(dict[str, str]):
    """Values in which only those of the connection may be missing."""

    def __missing__(self, name: str) -> str:
        if name.startswith("extra."):
            raise KeyError(name)
        return ""
