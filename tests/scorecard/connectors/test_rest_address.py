"""A secret goes to the connection's own host, by https, and nowhere else."""

import httpx
import pytest

from scorecard.connectors import CannotFetch, Connection
from scorecard.connectors.rest_address import home_of, joined


def home(host, **keys):
    return str(home_of(Connection("scorecard_desk", "http", host, password="s3cret", **keys)))


@pytest.mark.parametrize(
    ("host", "keys", "address"),
    [
        ("desk.example", {}, "https://desk.example"),
        ("https://desk.example/api/", {}, "https://desk.example/api"),
        ("desk.example", {"port": 8443}, "https://desk.example:8443"),
        ("desk.example", {"port": 443}, "https://desk.example"),
        ("http://127.0.0.1:80", {}, "http://127.0.0.1"),
        ("localhost", {"schema": "http"}, "http://localhost"),
    ],
)
def test_a_connection_leads_to_an_address(host, keys, address):
    assert home(host, **keys) == address


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("", "its host is no address such as https://desk.example.gov.uk. Correct it"),
        ("https://", "its host is no address"),
        ("https://me:s3cret@desk.example", "without login, password or parameters"),
        ("https://desk.example?key=s3cret", "without login, password or parameters"),
        ("http://desk.example", "desk.example is not asked by https"),
        ("http://127.0.0.1.example", "not asked by https"),
        ("ftp://desk.example", "not asked by https"),
    ],
)
def test_a_host_that_is_none_or_that_anybody_could_listen_to_is_refused(host, words):
    with pytest.raises(CannotFetch) as refusal:
        home(host)
    assert words in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize("link", ["?a=1", "/next", "https://desk.example:443/next"])
def test_a_link_of_the_same_host_is_followed(link):
    here = httpx.URL("https://desk.example/tickets")
    assert joined(here, link, here, "x").host == "desk.example"


@pytest.mark.parametrize(
    "link",
    ["http://desk.example/", "https://desk.example:8443/", "https://desk.example.evil/", "//b/"],
)
def test_a_link_of_another_host_scheme_or_port_is_not(link):
    here = httpx.URL("https://desk.example/tickets")
    with pytest.raises(CannotFetch, match="sends us to another host"):
        joined(here, link, here, "x")
