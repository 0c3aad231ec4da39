"""Who asks is said in a header; a token is renewed before, or when, it expires."""

import base64

import pytest
from desk import SECRET, tickets

from scorecard.connectors import Away, CannotFetch
from web_service import Told, listed, serving

TOKENS = 'oauth2, token_url: "{extra.tokens}", scope: read'

LIVES = {"access_token": SECRET}


def basic(login, password):
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("auth", "header", "said"),
    [
        ("basic", "authorization", basic("scorecard", SECRET)),
        ("key_as_login", "authorization", basic(SECRET, "X")),
        ("bearer", "authorization", f"Bearer {SECRET}"),
        ("header, header: X-Key", "x-key", SECRET),
        ("header, scheme: Access-Token", "authorization", f"Access-Token {SECRET}"),
    ],
)
def test_the_secret_is_said_as_the_service_asks_for_it(request_of, pages_of, auth, header, said):
    request_of("none", auth=auth)
    with serving(listed(tickets(1))) as service:
        pages_of(service)
    assert service.asked[0].headers[header] == said


def desk(lives=3600, takes=99, status=200, said=None):
    """A service whose tokens are t1, t2, ...; each is taken so often, and then no more."""
    given, used = [], {}

    def answer(asked):
        if asked.path == "/token":
            given.append(asked)
            token = {"access_token": f"t{len(given)}", "expires_in": lives}
            return Told(token if said is None else said, status=status)
        token = asked.headers["authorization"]
        used[token] = used.get(token, 0) + 1
        if token != f"Bearer t{len(given)}" or used[token] > takes:
            return Told(status=401)
        return listed(tickets(6))(asked)

    return answer, given


def test_a_client_asks_for_a_token_once_and_shows_it_with_every_page(request_of, pages_of):
    request_of(auth=TOKENS)
    answer, given = desk()
    with serving(answer) as service:
        assert pages_of(service, extra={"tokens": f"{service.url}/token"}).ids == [1, 2, 3, 4, 5, 6]
    (asked,) = given
    assert asked.body.decode() == (
        f"grant_type=client_credentials&scope=read&client_id=scorecard&client_secret={SECRET}"
    )
    assert "authorization" not in asked.headers


def test_a_client_may_be_named_in_the_header(request_of, pages_of):
    request_of("none", auth=TOKENS + ", client: basic")
    answer, given = desk()
    with serving(answer) as service:
        pages_of(service, extra={"tokens": f"{service.url}/token"})
    assert given[0].headers["authorization"] == basic("scorecard", SECRET)
    assert SECRET not in given[0].body.decode()


def test_a_token_that_expires_half_way_is_renewed_and_no_page_comes_twice(request_of, pages_of):
    request_of(auth=TOKENS)
    answer, given = desk(takes=2)
    with serving(answer) as service:
        assert pages_of(service, extra={"tokens": f"{service.url}/token"}).ids == [1, 2, 3, 4, 5, 6]
    assert len(given) == 2


def test_a_token_that_is_never_taken_is_not_renewed_for_ever(request_of, pages_of):
    request_of(auth=TOKENS)
    answer, given = desk(takes=0)
    with serving(answer) as service, pytest.raises(CannotFetch, match=r"refuses who asks \(401\)"):
        pages_of(service, extra={"tokens": f"{service.url}/token"})
    assert len(given) == 2


@pytest.mark.parametrize(
    ("status", "said", "kind", "words"),
    [
        (400, {"error_description": SECRET}, CannotFetch, r"127.0.0.1 gives no token \(400\)"),
        (401, {"error": SECRET}, CannotFetch, r"127.0.0.1 gives no token \(401\)"),
        (200, {"token": SECRET}, CannotFetch, "address of tokens answered without one"),
        (200, [SECRET], CannotFetch, "address of tokens answered without one"),
        (
            200,
            {"access_token": f"é{SECRET}"},
            CannotFetch,
            "address of tokens answered without one",
        ),
        (200, {"access_token": "a\nb"}, CannotFetch, "address of tokens answered without one"),
        (200, LIVES | {"expires_in": "9" * 400}, CannotFetch, "answered without one"),
        (200, LIVES | {"expires_in": "²"}, CannotFetch, "answered without one"),
        (503, {}, Away, "the address of tokens answered 503; tried 4 times"),
    ],
)
def test_an_address_of_tokens_that_gives_none_is_told_of(
    request_of, pages_of, status, said, kind, words
):
    request_of(auth=TOKENS)
    answer, _ = desk(status=status, said=said)
    with serving(answer) as service, pytest.raises(kind, match=words) as refusal:
        pages_of(service, extra={"tokens": f"{service.url}/token"})
    assert SECRET not in str(refusal.value)


def test_a_secret_is_not_sent_to_an_address_that_anybody_could_read(request_of, pages_of):
    request_of(auth=TOKENS)
    with pytest.raises(CannotFetch, match=r"login.invalid is not asked by https"):
        pages_of("http://127.0.0.1:1", extra={"tokens": "http://login.invalid/token"})


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "it has no password, which holds the secret"), ("a\nb", "no header can carry")],
)
def test_a_connection_without_a_secret_that_can_be_sent_asks_for_one(
    request_of, pages_of, password, words
):
    request_of()
    with pytest.raises(CannotFetch, match=words):
        pages_of("http://127.0.0.1:1", password=password)


@pytest.mark.parametrize("url", ["http://[::1/token", "http://a:b:c/", "https://\x00/"])
def test_an_address_of_tokens_that_is_none_is_told_of(request_of, pages_of, url):
    request_of(auth=TOKENS)
    with pytest.raises(CannotFetch, match="token_url is no address"):
        pages_of("http://127.0.0.1:1", extra={"tokens": url})
