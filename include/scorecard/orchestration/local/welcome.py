"""What `make up` says when Airflow runs: where it is, who may sign in, and what to do next."""

from collections.abc import Iterator, Mapping

from scorecard.orchestration.local.home import USERS
from scorecard.orchestration.page import PREFIX

_HEADINGS = ("User", "Password", "Role", "What it may do")
_READ = "sign in as officer, and open Performance packs in the navigation."
_DRAFT = "`make pack`, in another window, drafts a pack. Then"


def lines(port: int, words: Mapping[str, str], has_packs: bool) -> Iterator[str]:
    """The lines; `words`: each user's password. What a role of Airflow lacks, roles.yaml gives."""
    home = f"http://localhost:{port}"
    yield ""
    yield f"Airflow:            {home}"
    yield f"Performance packs:  {home}{PREFIX}/packs"
    yield ""
    yield from _table((user, words[user], USERS[user].role, USERS[user].may) for user in words)
    yield ""
    yield from (f"Next: {_READ}",) if has_packs else (f"Next: {_DRAFT}", _READ)
    yield "To publish: officer starts publish_pack with the quarter as period; approver answers"
    yield "under Browse, Required Actions. Stop Airflow with `make down`."


def _table(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """Rows below their headings, each column as wide as it has to be."""
    every = [_HEADINGS, *rows]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    for row in every:
        yield f"  {'  '.join(map(str.ljust, row, widths))}".rstrip()
