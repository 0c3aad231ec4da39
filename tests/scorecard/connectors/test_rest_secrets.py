"""Secrets are in no log, error, address or kept page, however a pull ends."""

import base64
import logging
import traceback
from urllib.parse import quote

import pytest
from desk import tickets

from scorecard.connectors import Away, CannotFetch, Connection
from scorecard.connectors.rest_auth import Credentials
from scorecard.connectors.rest_request import Auth
from web_service import Told, listed, serving

SECRET = "p1anted+secret/of=the desk"
TOKEN = "p1anted-token-of-the-desk"
OAUTH = 'oauth2, token_url: "{extra.tokens}"'


def forms_of(secret):
    """A secret as it may be written: plain, in an address, and as basic authentication has it."""
    yield secret
    yield quote(secret, safe="")
    for pair in (f"scorecard:{secret}", f"{secret}:X"):
        yield base64.b64encode(pair.encode()).decode()


def service(first):
    """Tokens for whoever asks, and an answer before the list is there."""
    answers = [first] if first else []

    def answer(asked):
        if asked.path == "/token":
            return Told({"access_token": TOKEN, "expires_in": 3600})
        return answers.pop() if answers else listed(tickets(3))(asked)

    return answer


ECHO = {"error": f"{SECRET} and {TOKEN} are unknown"}
ENDS = {
    "it answers": None,
    "it refuses": Told(ECHO, status=401),
    "it forbids": Told(ECHO, status=403),
    "it does not understand": Told(ECHO, status=400),
    "it is away for a time": Told(ECHO, status=503),
    "it waits for too long": Told(ECHO, status=429, headers={"Retry-After": "86400"}),
    "it leads elsewhere": Told(status=302, headers={"Location": f"http://h/?{quote(SECRET)}"}),
    "it answers with a page": Told(body=SECRET.encode(), headers={"Content-Type": "text/html"}),
    "it breaks off": Told({"value": tickets(2)}, cut=5),
    "it has no list": Told(ECHO),
}


@pytest.mark.parametrize(
    "auth", ["basic", "key_as_login", "bearer", "header, header: X-Key", OAUTH]
)
@pytest.mark.parametrize("end", ENDS)
def test_no_secret_is_written_anywhere(request_of, pages_of, caplog, tmp_path, auth, end):
    caplog.set_level(logging.DEBUG)
    request_of(auth=auth)
    told = ""
    with serving(service(ENDS[end])) as desk:
        try:
            pages_of(desk, password=SECRET, extra={"tokens": f"{desk.url}/token"})
        except (CannotFetch, Away) as error:
            told = "".join(traceback.format_exception(error))
        addresses = [f"{asked.path} {asked.params}" for asked in desk.asked]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]

    for secret in (*forms_of(SECRET), *forms_of(TOKEN)):
        assert secret not in caplog.text
        assert secret not in told
        assert secret not in str(addresses)
        assert not any(secret.encode() in content for content in kept)
    assert any(kept)


def test_what_holds_a_secret_does_not_show_it(ask_service):
    connection = Connection("desk", "http", "h", login="me", password=SECRET, extra={"a": SECRET})
    credentials = Credentials(Auth("bearer"), connection, "", lambda *_: b"")
    credentials._token = TOKEN
    shown = f"{connection} {ask_service('http://h', connection=connection)} {credentials!r}"

    assert SECRET not in shown
    assert TOKEN not in shown
