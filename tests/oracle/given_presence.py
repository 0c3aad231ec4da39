"""Random sign-ins, VPN sessions, badges and bookings of the people on a staff list."""

import numpy as np

from oracle.calendar import DAY
from oracle.given_people import FIRST
from oracle.given_tickets import EDGES
from oracle.rows import NONE, Rows

EVIDENCE = ("entra", "vpn", "desk", "badge")
STRANGER = 1_000_000  # from here on, people whom no staff list names
OUTCOMES = ("success", "failure", "checked_in", "no_show", "cancelled")
NETWORKS = ("corporate", "other", "unknown")


def presence_events(rng, size, staff):
    """So many events, nearly all of listed people, on days and nights of their month."""
    row = rng.integers(0, len(staff), size)
    person = np.where(rng.random(size) < 0.03, STRANGER + row, staff["person_pseud"][row])
    first = (staff["month"][row] + FIRST).astype("datetime64[M]").astype("datetime64[D]")
    start = first.astype(np.int64) * DAY
    anywhen = start + rng.integers(-2 * 3600, 31 * DAY, size)
    evidence = rng.choice(4, size, p=[0.5, 0.2, 0.25, 0.05])
    booked = rng.choice([2, 3, 4], size, p=[0.8, 0.1, 0.1])
    signed = rng.choice([0, 1], size, p=[0.85, 0.15])
    minutes = rng.choice([0, 59, 60, 61, 119, 120, 121, 480], size)
    columns = {
        "source_key": np.arange(size),
        "event_at": np.where(rng.random(size) < 0.05, rng.choice(EDGES, size), anywhen),
        "minutes": np.where((evidence == 0) | (rng.random(size) < 0.03), NONE, minutes),
        "person_pseud": person,
        "evidence": evidence,
        "network": np.where(rng.random(size) < 0.05, NONE, rng.integers(0, 3, size)),
        "outcome": np.where(evidence == 2, booked, signed),
    }
    _connect_twice(rng, columns)
    return Rows("presence_events", columns, {
        "evidence": EVIDENCE,
        "outcome": OUTCOMES,
        "network": NETWORKS,
    })  # fmt: skip


def _connect_twice(rng, columns):
    """Let some follow the session before theirs by an hour, or begin while it still lasts."""
    again = np.flatnonzero(rng.random(len(columns["minutes"])) < 0.1)
    again = again[(again > 0) & (columns["evidence"][again - 1] == EVIDENCE.index("vpn"))]
    for name in ("person_pseud", "evidence", "network", "outcome"):
        columns[name][again] = columns[name][again - 1]
    later = rng.choice([0, 30, 59, 60, 61], len(again)) * 60
    columns["event_at"][again] = columns["event_at"][again - 1] + later
    columns["minutes"][again] = rng.choice([30, 60, 61, 90], len(again))
