"""A month is asked of a web service: every page once, as received, or nothing at all."""

import hashlib
import json

import pytest
from desk import PAGING, tickets

from scorecard.connectors import CannotFetch, rest
from scorecard.objects import sha256_of
from web_service import Told, listed, serving


@pytest.mark.parametrize("paging", [kind for kind in PAGING if kind != "none"])
def test_every_page_is_kept_as_received_whichever_way_pages_follow(request_of, pages_of, paging):
    request_of(paging)
    with serving(listed(tickets(5), paging)) as service:
        found = pages_of(service)
    assert found.ids == [1, 2, 3, 4, 5]
    assert json.loads(found.bodies[0])["value"] == tickets(2)
    assert found.delivery.name == "desk_2025-07.pages.zip"


def test_the_month_is_asked_from_midnight_to_midnight_in_london(request_of, pages_of):
    request_of()
    with serving(listed(tickets(1))) as service:
        pages_of(service)
    asked = service.asked[0].params
    assert (asked["since"], asked["before"]) == ("2025-06-30T23:00:00Z", "2025-07-31T23:00:00Z")


def test_a_list_that_stops_saying_whether_there_is_more_is_not_taken_for_whole(
    request_of, pages_of
):
    request_of(("kind: offset, more: info.more", ', start: "{offset}"'))
    with serving(listed(tickets(4))) as service, pytest.raises(CannotFetch) as refused:
        pages_of(service)
    assert str(refused.value) == (
        "connection scorecard_desk: page 1 of 127.0.0.1 does not say at 'info.more' whether there "
        "is more. Nothing of it is kept. Correct `paging` in include/rest/desk.yaml."
    )


def test_a_list_that_says_whether_there_is_more_is_asked_no_further(request_of, pages_of):
    request_of(("kind: offset, more: info.more", ', start: "{offset}"'))
    with serving(listed(tickets(4), "more")) as service:
        assert pages_of(service).ids == [1, 2, 3, 4]
    assert len(service.asked) == 2


def test_pages_shorter_than_asked_for_are_not_the_end(request_of, pages_of):
    request_of(("kind: offset, size: 100", ', start: "{offset}", limit: "{size}"'))
    with serving(listed(tickets(5), size=2)) as service:
        assert pages_of(service).ids == [1, 2, 3, 4, 5]
    assert service.asked[0].params["limit"] == "100"


def test_a_month_without_records_is_no_delivery(request_of, pages_of):
    request_of()
    with serving(listed([])) as service:
        assert pages_of(service) is None
    with serving(lambda asked: Told(status=204)) as service:
        assert pages_of(service) is None


@pytest.mark.parametrize(("month", "times"), [("2025-06", 0), ("2025-07", 1), ("2025-08", 1)])
def test_a_service_that_says_only_how_things_are_now_is_not_asked_for_what_is_over_for_long(
    request_of, ask_service, tmp_path, month, times
):
    request_of("none", extra="of: now")
    asks = tmp_path / "desk.yaml"
    asks.write_text(asks.read_text().replace('since: "{from}", before: "{until}"', 'window: "30"'))
    with serving(listed(tickets(2))) as service:
        assert len(list(rest.fetch(ask_service(service.url, month)))) == times
    assert len(service.asked) == times


def test_the_same_answers_are_the_same_bytes(request_of, pages_of):
    request_of()
    with serving(listed(tickets(5))) as service:
        hashes = {sha256_of(pages_of(service).delivery.path) for _ in range(2)}
    assert len(hashes) == 1


def test_a_page_that_fails_half_way_is_asked_again_and_no_other(request_of, pages_of):
    request_of("cursor")
    with serving(
        listed(tickets(6), "cursor"), {2: Told(status=500), 3: Told(status=503)}
    ) as service:
        found = pages_of(service)
    assert found.ids == [1, 2, 3, 4, 5, 6]
    assert [asked.params.get("start") for asked in service.asked] == [None, "2", "2", "2", "4"]


@pytest.mark.parametrize("paging", ["offset", "cursor", "next"])
def test_a_page_that_comes_again_is_refused_and_nothing_is_delivered(request_of, pages_of, paging):
    request_of(paging)
    first = listed(tickets(6), paging)

    def stuck(asked):
        return first(asked) if "start" not in asked.params else again(asked)

    def again(asked):
        told = first(asked).said
        return Told({**told, "value": tickets(2)})

    with serving(stuck) as service, pytest.raises(CannotFetch) as refusal:
        pages_of(service)
    assert str(refusal.value) == (
        "connection scorecard_desk: page 2 of 127.0.0.1 is one that came before, so paging does "
        "not move on. Nothing of it is kept. Correct `paging` in include/rest/desk.yaml."
    )


def test_an_address_that_comes_again_is_refused_even_if_its_pages_are_empty(request_of, pages_of):
    request_of("cursor")
    with (
        serving(lambda asked: Told({"value": [], "cursor": "x"})) as service,
        pytest.raises(CannotFetch, match=r"page 3 of .* is one that came before"),
    ):
        pages_of(service)


@pytest.mark.parametrize(
    ("limits", "words"),
    [(", pages: 10", "goes on after 10 pages and 0 MB"), (", total_mb: 1", "goes on after ")],
)
def test_an_endless_list_ends_at_the_limits(request_of, pages_of, limits, words):
    request_of("page", limits=limits)

    def endless(asked):
        page = int(asked.params["page"])
        return Told({"value": [{"id": f"{page}.{n}", "note": "x" * 1000} for n in range(50)]})

    with serving(endless) as service, pytest.raises(CannotFetch, match=words):
        pages_of(service)
    assert len(service.asked) < 30


def test_a_record_that_comes_twice_because_the_list_moved_is_kept_as_received(request_of, pages_of):
    request_of()
    moved = {0: [1, 2], 2: [2, 3], 4: []}
    with serving(
        lambda asked: Told({"value": [{"id": n} for n in moved[int(asked.params["start"])]]})
    ) as service:
        assert pages_of(service).ids == [1, 2, 2, 3]


def test_what_a_request_takes_of_the_connection_is_asked_for_if_it_is_missing(request_of, pages_of):
    request_of(params=', tenant: "{extra.tenant}"')
    with serving(listed(tickets(1))) as service:
        with pytest.raises(CannotFetch) as refusal:
            pages_of(service)
        pages_of(service, extra={"tenant": "example"})
    assert str(refusal.value) == (
        "connection scorecard_desk: its Extra has no 'tenant', which include/rest/desk.yaml uses. "
        "Add it under Admin, Connections."
    )
    assert service.asked[0].params["tenant"] == "example"


def test_an_answer_without_its_list_is_not_taken_for_an_empty_one(request_of, pages_of):
    request_of()
    with (
        serving(lambda asked: Told({"error": "x"})) as service,
        pytest.raises(CannotFetch, match=r"has no list of records at 'value'. Correct `records`"),
    ):
        pages_of(service)


def test_a_body_is_sent_where_a_service_is_asked_by_one(request_of, pages_of):
    request_of("offset", extra='method: POST\nbody: \'{"since": "{from}", "skip": {offset}}\'')
    with serving(listed(tickets(2))) as service:
        pages_of(service)
    asked = service.asked[0]
    assert (asked.method, json.loads(asked.body)) == (
        "POST", {"since": "2025-06-30T23:00:00Z", "skip": 0},
    )  # fmt: skip


def test_a_page_is_kept_byte_for_byte(request_of, pages_of):
    request_of("none")
    body = '{ "value" : [ {"id":1.50 ,"note":"é"} ] }\n'.encode()
    with serving(lambda asked: Told(body=body)) as service:
        (kept,) = pages_of(service).bodies
    assert hashlib.sha256(kept).digest() == hashlib.sha256(body).digest()
