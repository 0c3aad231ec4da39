"""An answer comes whole, within limits of size and of time, or it is given up."""

import gzip
import socket
import threading
import time
import tracemalloc
from contextlib import closing, contextmanager, suppress

import httpx
import pytest

from scorecard.connectors import Away, CannotFetch
from scorecard.connectors.rest_receiving import Line, NotWhole, received
from web_service import Told, serving

ONE = b'{"value": [{"id": 1}]}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def dripping(at_once, drop, seconds=0.1):
    """The address of a service that says something at once, and then a drop of it now and then."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            with suppress(OSError), server.accept()[0] as line:
                line.sendall(at_once)
                while not over.wait(seconds):
                    line.sendall(drop)

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize(
    ("at_once", "drop"),
    [
        (HEAD + b"Content-Length: 60000\r\n\r\n", b" "),
        (HEAD + b"\r\n" + ONE, b" "),
        (HEAD, b"X-More: y\r\n"),
        (b"", b"H"),
    ],
    ids=["body of a length", "body to the end of the line", "headers", "first line"],
)
def test_a_service_that_drips_is_cut_off_when_the_time_is_over(at_once, drop):
    began = time.monotonic()
    with (
        dripping(at_once, drop) as url,
        httpx.Client() as client,
        closing(Line()) as line,
        pytest.raises(NotWhole, match=r"a page took over 0.3 seconds"),
    ):
        received(client, client.build_request("GET", url), line, (10**6, 0.3), "desk")
    assert time.monotonic() - began < 2


def test_a_line_that_is_used_again_is_cut_too():
    slow = Told(body=ONE, slow=0.2)
    with (
        serving(lambda asked: Told(body=ONE), {2: slow}) as service,
        httpx.Client() as client,
        closing(Line()) as line,
    ):
        question = client.build_request("GET", service.url)
        assert received(client, question, line, (10**6, 0.3), "desk")[1] == ONE
        with pytest.raises(NotWhole):
            received(client, question, line, (10**6, 0.3), "desk")
        assert received(client, question, line, (10**6, 0.3), "desk")[1] == ONE


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "deflate"])
def test_a_page_that_is_packed_as_nobody_asked_for_is_refused(request_of, pages_of, packing):
    request_of("none")
    told = Told(body=gzip.compress(gzip.compress(ONE)), headers={"Content-Encoding": packing})
    with serving(lambda asked: told) as service:
        with pytest.raises(CannotFetch, match="packs its answers in a way that was not asked for"):
            pages_of(service)
        assert [asked.headers["accept-encoding"] for asked in service.asked] == ["gzip"]


def test_a_page_that_swells_is_never_in_memory_beyond_the_limit(request_of, pages_of):
    request_of("none", limits=", page_mb: 1")
    told = Told(body=gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    try:
        with (
            serving(lambda asked: told) as service,
            pytest.raises(CannotFetch, match=r"a page of 127.0.0.1 is over 1 MB. Ask for smaller"),
        ):
            pages_of(service)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body", [gzip.compress(ONE), gzip.compress(ONE[:9]) + gzip.compress(ONE[9:])]
)
def test_a_packed_page_is_unpacked_to_its_end(request_of, pages_of, body):
    request_of("none")
    told = Told(body=body, headers={"Content-Encoding": "gzip"})
    with serving(lambda asked: told) as service:
        assert pages_of(service).bodies == [ONE]


@pytest.mark.parametrize(
    ("body", "words"),
    [(gzip.compress(ONE)[:-1], "a page is cut off"), (ONE, "is packed, but not as it says")],
)
def test_a_packed_page_that_is_not_whole_is_asked_for_again(request_of, pages_of, body, words):
    request_of("none")
    told = Told(body=body, headers={"Content-Encoding": "gzip"})
    with serving(lambda asked: told) as service, pytest.raises(Away, match=words):
        pages_of(service)
    assert len(service.asked) == 4
