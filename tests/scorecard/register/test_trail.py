"""The trail tells what happened in the order in which it did, each thing once."""

from datetime import timedelta

from record import NOW, RECEIVED, Q, a_figure, a_measurement, an_extract

from scorecard.packs.records import FigureRecord
from scorecard.register import audit, packs, published, trail
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow
from scorecard.register.published import Publication

HASH = "c" * 64
FIGURE = FigureRecord(**{**a_figure("75.0"), "flags": (), "lower": None, "upper": None})


def test_from_receipt_to_download_in_one_list(register):
    an_extract(register, "a" * 64, accepted_at=RECEIVED + timedelta(minutes=1))
    refusal = "b.csv: no heading. Send it again."
    an_extract(register, "b" * 64, NOW - timedelta(hours=1), state="refused", refusal=refusal)
    a_measurement(register, "one", [])
    pack = PackRow(Q, "officer", 1, "draft", "one", HASH, HASH, "x", "Why", NOW, "schedule")
    packs.write(register, pack)
    at = NOW + timedelta(hours=1)
    done = event("published", at, role="approver")
    published.write(register, pack, Publication("approver", at, HASH), [FIGURE], set(), done)
    write(register, "downloaded", at + timedelta(hours=1), said="pack.xlsx")
    rows = [dict(zip(trail.COLUMNS, row, strict=True)) for row in trail.everything(register)]

    assert [(row["event"], row["user_name"], row["role"]) for row in rows] == [
        ("received", "schedule", ""),
        ("accepted", "schedule", ""),
        ("received", "schedule", ""),
        ("refused", "schedule", ""),
        ("drafted", "schedule", ""),
        ("published", "officer", "approver"),
        ("downloaded", "officer", ""),
    ]
    assert rows[0]["said"] == f"tickets: {'a' * 64}.csv"
    assert rows[3]["said"].endswith(refusal.rstrip("."))
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def event(name, at, said="", role=""):
    return Event(at, name, "officer", Q, "officer", 1, HASH, said=said, role=role)


def write(register, name, at, said=""):
    with register.begin() as connection:
        audit.write(connection, event(name, at, said))
