"""An invented service desk: how it is asked, and its tickets."""

from datetime import UTC, datetime

AT = datetime(2025, 8, 2, 9, tzinfo=UTC)
SECRET = "s3cret-of-the-desk"
REQUEST = """
system: desk
asks: invented
path: /tickets
records: value
id: id
auth: {{kind: {auth}}}
paging: {{{paging}}}
params: {{since: "{{from}}", before: "{{until}}"{params}}}
limits: {{tries: 4, wait_seconds: 0.01{limits}}}
{extra}
"""
PAGING = {
    "offset": ("kind: offset", ', start: "{offset}"'),
    "page": ("kind: page, first: 1", ', page: "{page}"'),
    "cursor": ("kind: cursor, at: cursor", ', start: "{cursor}"'),
    "next": ("kind: next, at: next", ""),
    "link": ("kind: link", ""),
    "none": ("kind: none", ""),
}


def tickets(count):
    """That many records."""
    return [{"id": n, "note": "x" * 50} for n in range(1, count + 1)]
