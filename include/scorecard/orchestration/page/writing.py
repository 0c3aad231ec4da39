"""What the page itself writes: a line of the audit for each thing that is handed out."""

from scorecard.orchestration.page.desk import Desk, Shelved
from scorecard.register import audit
from scorecard.register.audit import Event


def note_download(desk: Desk, pack: Shelved, what: str, role: str = "") -> None:
    """Record a download, before anything is sent: what cannot be recorded is not handed out."""
    event = Event(
        at=desk.now,
        event="downloaded",
        user_name=desk.reader.user,
        role=role,
        quarter=pack.row.quarter,
        variant=pack.row.variant,
        revision=pack.row.revision,
        content_sha256=pack.row.content_sha256,
        said=what,
    )
    with desk.stores.register.begin() as connection:
        audit.write(connection, event)
