"""An answer of a web service with its whole body, within limits of size and of time.

A service that sends little by little is cut off when the time is over, also in the middle of its
headers. A packed body is unpacked here, never further than it may swell.
"""

import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from scorecard.connectors import CannotFetch

PACKED = {"Accept-Encoding": "gzip"}  # what every question says
_GZIP = 16 + zlib.MAX_WBITS
_MB = 1024**2


class NotWhole(Exception):
    """An answer that did not come to its end. It may when it is asked for again."""


class Line:
    """The line to a service, which is cut when an answer takes too long."""

    def __init__(self) -> None:
        self.is_cut = False
        self._socket: socket.socket | None = None

    def follow(self, event: str, told: Mapping[str, Any]) -> None:
        """Know the line that is open; httpx calls this with what it does."""
        if event == "connection.connect_tcp.complete":
            self.close()
            self._socket = told["return_value"].get_extra_info("socket").dup()
            if self.is_cut:
                self._cut()

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """Cut the line if the block takes longer; NotWhole then."""
        self.is_cut = False
        clock = threading.Timer(seconds, self._cut)
        clock.daemon = True
        clock.start()
        try:
            yield
        except httpx.HTTPError:
            if not self.is_cut:
                raise
        finally:
            clock.cancel()
        if self.is_cut:
            raise NotWhole(f"a page took over {seconds} seconds")

    def close(self) -> None:
        """Forget the line."""
        if self._socket:
            self._socket.close()
            self._socket = None

    def _cut(self) -> None:
        self.is_cut = True
        if line := self._socket:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the service has closed it


def received(
    client: httpx.Client, question: httpx.Request, line: Line, limits: tuple[int, float], named: str
) -> tuple[httpx.Response, bytes]:
    """An answer and its body, unpacked; NotWhole if it took too long or was cut off.

    CannotFetch if it is larger than so many bytes, or packed as nobody asked for.
    """
    most, seconds = limits
    question.extensions["trace"] = line.follow
    content = bytearray()
    with line.cut_after(seconds):
        answer = client.send(question, stream=True)
        try:
            for part in _unpacked(answer, most, named):
                content += part
                if len(content) > most:
                    raise CannotFetch(
                        f"{named}: a page of {question.url.host} is over {most // _MB} MB. Ask for "
                        "smaller pages (`size`) or fewer fields."
                    )
        finally:
            answer.close()
    return answer, bytes(content)


def _unpacked(answer: httpx.Response, most: int, named: str) -> Iterator[bytes]:
    """The body part by part, each at most a byte longer than a page may be."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("identity", ""):
        yield from answer.iter_raw()
    elif packing in ("gzip", "x-gzip"):
        yield from _from_gzip(answer, most)
    else:
        raise CannotFetch(
            f"{named}: {answer.url.host} packs its answers in a way that was not asked for. Ask "
            "its supplier for answers that are packed once by gzip, or not at all."
        )


def _from_gzip(answer: httpx.Response, most: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_GZIP)
    for packed in answer.iter_raw():
        rest = packed
        while rest:
            if unpacking.eof:  # one member may follow another
                unpacking = zlib.decompressobj(_GZIP)
            try:
                yield unpacking.decompress(rest, most + 1)
            except zlib.error:
                raise NotWhole("a page is packed, but not as it says") from None
            rest = unpacking.unconsumed_tail or unpacking.unused_data
    if not unpacking.eof:
        raise NotWhole("a page is cut off")
