"""Where the next page is."""

import httpx
import pytest

from scorecard.connectors.rest_client import Answer
from scorecard.connectors.rest_paging import Place, Unclear, first, following
from scorecard.connectors.rest_request import Paging
from scorecard.json_records import parsed

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
        (Paging("cursor", at="next"), {"next": "5"}, Place(2, cursor="5")),
        (Paging("cursor", at="next"), {"next": False}, None),
        (Paging("next", at="@odata.nextLink"), {"@odata.nextLink": "x"}, Place(2, link="x")),
        (Paging("next", at="next"), {}, None),
        (Paging("page", more="more"), {"more": True}, Place(2, page=1)),
        (Paging("page", more="more"), {"more": False}, None),
        (Paging("page", more="more"), {"more": "True"}, Place(2, page=1)),
        (Paging("page", more="more"), {"more": "false"}, None),
    ],
)
def test_a_page_follows_as_paging_says(paging, said, expected):
    assert after(paging, said) == expected


TWICE = parsed(b'{"to": {"next": "a", "next": "b"}}')


@pytest.mark.parametrize(
    ("paging", "said", "words"),
    [
        (Paging("page", more="more"), {}, "does not say at 'more' whether there is more"),
        (Paging("page", more="more"), {"more": None}, "does not say at 'more'"),
        (Paging("page", more="more"), {"more": "1"}, "does not say at 'more'"),
        (Paging("cursor", at="next"), {"next": {"a": "b"}}, "has no text at 'next', where the"),
        (Paging("next", at="next"), {"next": ["x"]}, "has no text at 'next'"),
        (Paging("next", at="next"), {"next": True}, "has no text at 'next'"),
        (Paging("next", at="to.next"), TWICE, "has no text at 'to.next'"),
    ],
)
def test_a_page_that_does_not_say_clearly_what_follows_ends_no_list(paging, said, words):
    with pytest.raises(Unclear, match=words):
        after(paging, said)


def test_a_page_without_records_need_not_say_that_there_is_no_more():
    assert after(Paging("page", more="more"), {}, records=0) is None


def test_counting_ends_at_a_page_without_records_and_links_do_not():
    assert after(Paging("offset"), records=0) is None
    assert after(Paging("page"), records=0) is None
    assert after(Paging("link"), records=0, links={"next": "x"}) == Place(2, link="x")
    assert after(Paging("link"), links={"prev": "x"}) is None
