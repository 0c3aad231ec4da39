"""Where the next page is: counted on, or as the page before says."""

from dataclasses import dataclass, replace

from scorecard.connectors.rest_client import Answer
from scorecard.connectors.rest_request import Paging
from scorecard.json_records import found_at


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
    if paging.more and found_at(answer.said, paging.more) not in (True, "true"):
        return None
    after = replace(place, number=place.number + 1, link="")
    match paging.kind:
        case "offset" if records:
            return replace(after, offset=place.offset + records)
        case "page" if records:
            return replace(after, page=place.page + 1)
        case "cursor":
            cursor = found_at(answer.said, paging.at)
            return replace(after, cursor=cursor) if cursor and isinstance(cursor, str) else None
        case "next" | "link":
            link = answer.links.get("next") if paging.kind == "link" else None
            link = found_at(answer.said, paging.at) if paging.kind == "next" else link
            return replace(after, link=link) if link and isinstance(link, str) else None
    return None
