"""How far a draft is on its way to publication, in words, by what the audit says of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from scorecard.packs.words import day_and_time
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow

# Publishing every variant takes seconds: what is not published by then has met a fault.
PUBLISHES_WITHIN = timedelta(minutes=5)


def of(pack: PackRow, newest: int, events: Sequence[Event], now: datetime) -> str:
    """What stands of a draft; `events`: reviews of its variant's revisions, oldest first."""
    if pack.revision != newest:
        return f"Revision {newest} has taken its place"
    ours = [event for event in events if event.content_sha256 == pack.content_sha256]
    before = [event for event in events if event.revision < pack.revision]
    if ours:
        return _reviewed(ours[-1], now)
    return _drafted_again(before[-1]) if before else "Review not asked yet"


def _reviewed(last: Event, now: datetime) -> str:
    """What was done last about exactly this draft."""
    at = day_and_time(last.at)
    if last.event == "asked":
        return f"Review asked on {at}"
    if last.event == "rejected":
        return f"Rejected on {at} by {last.user_name}: draft the quarter again"
    said = f"Approved on {at} by {last.user_name}"
    if now - last.at <= PUBLISHES_WITHIN:
        return f"{said}; publishing"
    return f"{said}, and not published: see the newest run of publish_pack"


def _drafted_again(last: Event) -> str:
    """What was done last about a revision whose place this draft has taken."""
    at = day_and_time(last.at)
    if last.event == "asked":
        return (
            f"Drafted again after the review was asked on {at}: "
            "whoever answers is asked again, about this draft"
        )
    if last.event == "approved":
        return (
            f"Drafted again after revision {last.revision} was approved on {at}: "
            "start publish_pack again"
        )
    return "Review not asked yet"
