"""Where the next page is: counted on, or as the page before says.

A part of a list must never pass for the whole: what cannot be understood ends no list.
"""

from dataclasses import dataclass, replace

from scorecard.connectors.rest_client import Answer
from scorecard.connectors.rest_request import Paging
from scorecard.json_records import found_at


class Unclear(ValueError):
    """A page does not say clearly whether there is another. Its text says where it should."""


@dataclass(frozen=True)
class Place:
    """How a page is asked for: at its own address, or with a number or cursor filled in."""

    number: int = 1
    offset: int = 0
    page: int = 0
    cursor: str = ""
    link: str = ""  # as the page before names it

    @property
    def values(self) -> dict[str, str]:
        """What is filled in of it."""
        return {"offset": str(self.offset), "page": str(self.page), "cursor": self.cursor}


def first(paging: Paging) -> Place:
    """The place of the first page."""
    return Place(offset=paging.first, page=paging.first)


def following(paging: Paging, place: Place, answer: Answer, records: int) -> Place | None:
    """The place of the page after one that held so many records; None if it was the last."""
    if paging.more and not _is_more(answer, paging.more, records):
        return None
    after = replace(place, number=place.number + 1, link="")
    match paging.kind:
        case "offset" if records:
            return replace(after, offset=place.offset + records)
        case "page" if records:
            return replace(after, page=place.page + 1)
        case "cursor" if cursor := _named(answer, paging.at):
            return replace(after, cursor=cursor)
        case "next" if link := _named(answer, paging.at):
            return replace(after, link=link)
        case "link" if link := answer.links.get("next", ""):
            return replace(after, link=link)
    return None


def _is_more(answer: Answer, path: str, records: int) -> bool:
    """Whether an answer says that there is more."""
    said = str(found_at(answer.said, path)).lower()
    if said not in ("true", "false") and records:
        raise Unclear(f"does not say at '{path}' whether there is more")
    return said == "true"


def _named(answer: Answer, path: str) -> str:
    """The next page as an answer names it; empty if there is none."""
    said = found_at(answer.said, path)
    if said in (None, "", False):
        return ""
    if not isinstance(said, str):
        raise Unclear(f"has no text at '{path}', where the next page should be named")
    return said
