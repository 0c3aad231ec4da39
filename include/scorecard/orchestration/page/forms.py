"""Forms that another site cannot send in a reader's name, and what they hold.

Airflow's cookie is sent with any form of the same site, and there is no other sign. So each form
carries a token that only this server makes, for one reader and a few hours.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import parse_qsl

from airflow.configuration import conf
from fastapi import Depends, HTTPException, Request

from scorecard.audience import Reader

LASTS = timedelta(hours=8)
LARGEST = 20_000  # bytes of a form
MOST_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"

Form = dict[str, str]


def token(reader: Reader, now: datetime) -> str:
    """A token for a reader's forms, from now on."""
    issued = str(int(now.timestamp()))
    return f"{issued}.{_sealed(reader, issued)}"


def is_ours(given: str, reader: Reader, now: datetime) -> bool:
    """Whether a token was made here, for this reader, and not too long ago."""
    issued, _, seal = given.partition(".")
    if not hmac.compare_digest(seal.encode(), _sealed(reader, issued).encode()):
        return False
    return timedelta() <= now - datetime.fromtimestamp(int(issued), now.tzinfo) <= LASTS


def _sealed(reader: Reader, issued: str) -> str:
    key = conf.get_mandatory_value("api", "secret_key").encode()
    about = f"scorecard form|{issued}|{reader.user}".encode()
    return hmac.new(key, about, hashlib.sha256).hexdigest()


async def _sent(request: Request) -> Form:
    """What a form holds; HTTPException if it is none, too large, or not from this site's page."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403, "The form was sent by another site")
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        raise HTTPException(415, "Send the form of the page")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise HTTPException(413, "The form is too large")
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict",
                           max_num_fields=MOST_FIELDS)  # fmt: skip
    except ValueError:
        raise HTTPException(400, "The form cannot be read") from None
    return dict(fields)


Sent = Annotated[Form, Depends(_sent)]
