"""A page comes with patience and within limits, by https, from the connection's own host alone."""

import gzip
import time
from email.utils import format_datetime

import pytest
from desk import AT, tickets

from scorecard.connectors import Away, CannotFetch
from web_service import Told, certificates, listed, serving, tunnelling


def failing(pages_of, answers, faults=None, kind=CannotFetch, **keys):
    """The words of what a service is refused for, and how often it was asked."""
    with serving(answers, faults) as service:
        with pytest.raises(kind) as refusal:
            pages_of(service, **keys)
        return str(refusal.value).replace(str(service.port), "PORT"), len(service.asked)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_service_that_cannot_answer_now_is_asked_again(request_of, pages_of, status):
    request_of("none")
    with serving(listed(tickets(2)), {1: Told(status=status), 2: Told(status=status)}) as service:
        assert pages_of(service).ids == [1, 2]
    assert len(service.asked) == 3


def test_a_service_that_never_answers_is_told_of_and_nothing_is_kept(request_of, pages_of):
    request_of("none")
    told, asked = failing(pages_of, lambda asked: Told(status=503), kind=Away)
    assert asked == 4
    assert told == (
        "connection scorecard_desk: 127.0.0.1 gave no whole page (it answered 503; tried 4 times). "
        "Nothing of it is kept. Run the DAG again when it answers."
    )


def test_retry_after_is_waited_for_in_seconds(request_of, pages_of):
    request_of("none")
    began = time.monotonic()
    with serving(
        listed(tickets(1)), {1: Told(status=429, headers={"Retry-After": "1"})}
    ) as service:
        pages_of(service)
    assert 1 <= time.monotonic() - began < 3


def test_retry_after_as_a_date_is_compared_with_the_clock_of_the_service(request_of, pages_of):
    request_of("none", limits=", longest_wait_seconds: 60")
    said = {
        "Date": format_datetime(AT, usegmt=True),
        "Retry-After": format_datetime(AT.replace(hour=10), usegmt=True),
    }
    told, asked = failing(pages_of, lambda asked: Told(status=429, headers=said), kind=Away)
    assert (asked, "It asks to wait for 3,600 seconds." in told) == (1, True)


def test_a_body_that_is_cut_off_is_asked_again(request_of, pages_of):
    request_of("cursor")
    cut = Told({"value": tickets(2), "cursor": "2"}, cut=10)
    short = Told(body=b'{"value": [{"id": 3}, {"i')
    with serving(listed(tickets(4), "cursor"), {1: cut, 3: short}) as service:
        assert pages_of(service).ids == [1, 2, 3, 4]
    assert len(service.asked) == 4


def test_a_page_that_never_ends_is_given_up(request_of, pages_of):
    request_of("none", limits=", seconds: 1")
    began = time.monotonic()
    slow = Told({"value": tickets(20)}, slow=0.15)
    with serving(listed(tickets(1)), {1: slow}) as service:
        assert pages_of(service).ids == [1]
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_over_the_limit_is_refused_however_small_it_is_sent(request_of, pages_of, packed):
    request_of("none", limits=", page_mb: 1")
    body = b'{"value": [' + b" " * 3_000_000 + b"]}"
    told = Told(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
    words, asked = failing(pages_of, lambda asked: told if packed else Told(body=body))
    assert asked == 1
    assert "a page of 127.0.0.1 is over 1 MB. Ask for smaller pages" in words


def test_a_packed_page_is_kept_unpacked(request_of, pages_of):
    request_of("none")
    told = Told(body=gzip.compress(b'{"value": [{"id": 1}]}'), headers={"Content-Encoding": "gzip"})
    with serving(lambda asked: told) as service:
        assert pages_of(service).bodies == [b'{"value": [{"id": 1}]}']


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "refuses who asks (401). See whether login and password are right"),
        (403, "refuses who asks (403). See whether login and password are right"),
        (400, "does not understand the question (400). Correct include/rest/desk.yaml"),
        (404, "does not understand the question (404). Correct include/rest/desk.yaml"),
    ],
)
def test_what_a_person_has_to_mend_is_not_asked_again(request_of, pages_of, status, words):
    request_of("none")
    told, asked = failing(pages_of, lambda asked: Told({"error": "s3cret"}, status=status))
    assert (words in told, asked, "s3cret" in told) == (True, 1, False)


def test_a_page_on_which_people_sign_in_is_no_answer(request_of, pages_of):
    request_of("none")
    page = Told(body=b"<html>", headers={"Content-Type": "text/html"})
    told, asked = failing(pages_of, lambda asked: page)
    assert (asked, "answers with no JSON but text/html. See whether the host" in told) == (1, True)


def test_a_redirect_to_another_host_is_refused_and_sees_no_secret(request_of, pages_of):
    request_of("none")
    with serving(listed(tickets(1))) as other:
        away = Told(status=302, headers={"Location": f"{other.url}/tickets"})
        told, _ = failing(pages_of, lambda asked: away)
        assert other.asked == []
    assert "127.0.0.1 sends us to another host (127.0.0.1), to which the secret is not" in told


def test_a_redirect_of_the_same_host_is_followed_but_not_for_ever(request_of, pages_of):
    request_of("none")
    moved = Told(status=307, headers={"Location": "/moved?a=1"})
    with serving(
        lambda asked: listed(tickets(1))(asked) if asked.path == "/moved" else moved
    ) as it:
        assert pages_of(it).ids == [1]
    told, asked = failing(pages_of, lambda asked: moved)
    assert (asked, "sends us from one address to the next" in told) == (5, True)


@pytest.mark.parametrize(
    "link",
    [
        "http://desk.invalid/x", "https://127.0.0.1:PORT/x", "//a.b/x",
        "http://evil@127.0.0.1:PORT/x",
    ],
)  # fmt: skip
def test_a_next_page_of_another_host_is_refused(request_of, pages_of, link):
    request_of("next")

    def answer(asked):
        port = asked.headers["host"].partition(":")[2]
        return Told({"value": tickets(1), "next": link.replace("PORT", port)})

    told, asked = failing(pages_of, answer)
    assert (asked, "sends us to another host" in told) == (1, True)


def test_a_next_page_that_is_no_address_is_refused(request_of, pages_of):
    request_of("next")
    told, _ = failing(pages_of, lambda asked: Told({"value": tickets(1), "next": "http://a:b:c/"}))
    assert "127.0.0.1 names a next page that is no address. Ask its supplier." in told


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(
    request_of, pages_of, tmp_path, monkeypatch
):
    request_of("none")
    authority, *own = certificates(tmp_path, "127.0.0.1")
    with serving(listed(tickets(1)), certificate=own) as service:
        with pytest.raises(CannotFetch, match=r"certificate of 127.0.0.1 cannot be verified"):
            pages_of(service)
        assert service.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert pages_of(service).ids == [1]


def test_a_certificate_of_another_host_is_refused(request_of, pages_of, tmp_path, monkeypatch):
    request_of("none")
    authority, *own = certificates(tmp_path, "desk.invalid")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with (
        serving(listed(tickets(1)), certificate=own) as service,
        pytest.raises(CannotFetch, match=r"certificate of 127.0.0.1 cannot be verified"),
    ):
        pages_of(service)


def test_the_proxy_of_the_environment_is_used(request_of, pages_of, tmp_path, monkeypatch):
    request_of("none")
    authority, *own = certificates(tmp_path, "desk.invalid")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with (
        serving(listed(tickets(1)), certificate=own) as service,
        tunnelling(service.port) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert pages_of("https://desk.invalid").ids == [1]
    assert proxy.tunnels == ["desk.invalid:443"]


def test_what_stands_in_braces_in_a_header_is_filled_in(request_of, pages_of):
    request_of("none", extra='headers: {X-Tenant: "{extra.tenant}", X-Month: "{month}"}')
    with serving(listed(tickets(1))) as service:
        pages_of(service, extra={"tenant": "leeds"})
        (asked,) = service.asked
    assert (asked.headers["x-tenant"], asked.headers["x-month"]) == ("leeds", "2025-07")


@pytest.mark.parametrize("tenant", ["Ærø", "a\nb"])
def test_a_header_that_cannot_be_sent_is_told_of(request_of, pages_of, tenant):
    request_of("none", extra='headers: {X-Tenant: "{extra.tenant}"}')
    with pytest.raises(CannotFetch, match="what X-Tenant says holds a character that no header"):
        pages_of("http://127.0.0.1:1", extra={"tenant": tenant})


def test_a_host_that_is_not_there_is_away(request_of, pages_of):
    request_of("none")
    with pytest.raises(Away, match=r"127.0.0.1 gave no whole page \(ConnectError of 127.0.0.1"):
        pages_of("http://127.0.0.1:1")
