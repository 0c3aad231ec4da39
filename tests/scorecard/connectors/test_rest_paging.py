"""Where the next page is."""

import httpx
import pytest

from scorecard.connectors.rest_client import Answer
from scorecard.connectors.rest_paging import Place, first, following
from scorecard.connectors.rest_request import Paging

URL = httpx.URL("https://desk.example/tickets")


def after(paging, said=None, records=2, place=None, links=()):
    answer = Answer(URL, b"{}", said or {}, dict(links))
    return following(paging, place or first(paging), answer, records)


@pytest.mark.parametrize(
    ("paging", "said", "expected"),
    [
        (Paging("none"), {}, None),
        (Paging("offset", first=1), {}, Place(2, offset=3, page=1)),
        (Paging("page", first=1), {}, Place(2, offset=1, page=2)),
        (Paging("cursor", at="meta.next"), {"meta": {"next": "x"}}, Place(2, cursor="x")),
        (Paging("cursor", at="next"), {"next": None}, None),
        (Paging("cursor", at="next"), {"next": ""}, None),
        (Paging("cursor", at="next"), {"next": {"a": "b"}}, None),
        (Paging("next", at="@odata.nextLink"), {"@odata.nextLink": "x"}, Place(2, link="x")),
        (Paging("next", at="next"), {}, None),
        (Paging("page", more="more"), {"more": True}, Place(2, page=1)),
        (Paging("page", more="more"), {"more": False}, None),
        (Paging("page", more="more"), {}, None),
    ],
)
def test_a_page_follows_as_paging_says(paging, said, expected):
    assert after(paging, said) == expected


def test_counting_ends_at_a_page_without_records_and_links_do_not():
    assert after(Paging("offset"), records=0) is None
    assert after(Paging("page"), records=0) is None
    assert after(Paging("link"), records=0, links={"next": "x"}) == Place(2, link="x")
    assert after(Paging("link"), links={"prev": "x"}) is None
