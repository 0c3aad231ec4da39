"""SSL VPN events as a FortiGate logs them: a line of keys and values for each.

Who works at home connects for most of the day, and often again: the line drops, a telephone
connects beside the laptop, the gateway ends a session after eight hours. Some connect in the
evening of a day at the office, or go home at noon; who is out looks something up. The log is
exported without the lines that sessions begin with. The last line of a session is missing now and
then, so that only its statistics tell of it; an attempt may fail, once or for good.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month
from scorecard.sample import clock, days, dirt, lines, people
from scorecard.sample.seeds import generator
from scorecard.sample.sign_ins import HOME_ADDRESSES

_LONGEST = 8 * 3600  # the gateway's own limit
_MINUTE, _HOUR = 60, 3600
# By place: the chance of a connection, when it begins, and how long it lasts, in seconds.
_HABITS = (
    (days.AT_HOME, 0.50, (7 * _HOUR + 1800, 9 * _HOUR + 1800), (4 * _HOUR, 9 * _HOUR)),
    (days.OFFICE, 0.03, (19 * _HOUR, 22 * _HOUR + 1800), (20 * _MINUTE, 4 * _HOUR)),
    (days.OFFICE, 0.015, (13 * _HOUR, 14 * _HOUR), (3 * _HOUR, 4 * _HOUR)),
    (days.OUT, 0.12, (8 * _HOUR, 16 * _HOUR), (5 * _MINUTE, 80 * _MINUTE)),
    (days.LEAVE, 0.004, (9 * _HOUR, 20 * _HOUR), (5 * _MINUTE, 50 * _MINUTE)),
    (days.FREE, 0.02, (9 * _HOUR, 20 * _HOUR), (5 * _MINUTE, 50 * _MINUTE)),
)
_DROPS, _BESIDE = 0.22, 0.05  # how many sessions are cut in two, or have another beside them
_FAILS_FIRST, _GIVES_UP = 0.03, 0.015
_NEVER_ENDS, _IN_STATISTICS = 0.01, 0.05
# Number, level, title, action, kind of tunnel and message of each kind of line.
_DOWN = (
    *("0101039948", "information", "SSL VPN tunnel down", "tunnel-down"),
    *("ssl-tunnel", "SSL tunnel shutdown"),
)
_STATISTICS = (
    *("0101039949", "information", "SSL VPN statistics", "tunnel-stats"),
    *("ssl-tunnel", "SSL tunnel statistics"),
)
_FAILED = (
    *("0101039426", "alert", "SSL VPN login fail", "ssl-login-fail"),
    *("ssl-web", "SSL user failed to logged in"),
)


@dataclass(frozen=True)
class _Sessions:
    """Connections: whose, from when (London), for how many seconds."""

    who: Any
    start: Any
    seconds: Any

    def taken(self, rows: Any) -> "_Sessions":
        return _Sessions(self.who[rows], self.start[rows], self.seconds[rows])


def log(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's VPN log: the file, its lines, the dirt in it."""
    rng, late_rng = generator(seed, "vpn", month), generator(seed, "vpn late", month)
    before = month.shifted(-1)
    staff, earlier = people.in_post(seed, heads, month), people.in_post(seed, heads, before)
    past = _sessions(late_rng, earlier, days.of(seed, heads, before), last_days=1)
    past = past.taken(dirt.late(late_rng, len(past.who), 0.05, month))
    found = _sessions(rng, staff, days.of(seed, heads, month))
    tunnel = rng.integers(10**8, 2**31, len(found.who) + len(past.who))
    own, of_past = np.split(tunnel, [len(found.who)])
    lost = rng.random(len(own)) < _NEVER_ENDS
    told = lost | (rng.random(len(own)) < _IN_STATISTICS)
    sheet = lines.stacked([
        _ended(earlier, past, of_past),
        _ended(staff, found.taken(~lost), own[~lost]),
        _going_on(staff, found.taken(told), own[told]),
        _failed(rng, staff, found),
    ])  # fmt: skip
    planted = {"late_row": len(past.who), "never_ended": int(lost.sum())}
    planted |= {"statistics": int(told.sum())}
    return _spoilt(rng, sheet, np.arange(len(past.who), lines.height(sheet)), planted)


def _spoilt(
    rng: np.random.Generator, sheet: lines.Sheet, own: Any, planted: dirt.Planted
) -> tuple[bytes, int, dirt.Planted]:
    """The lines in the order in which they were logged, some of them broken, some sent twice."""
    bad, strangers, broken, twice = dirt.apart(rng, own, 0.0005, 0.001, 0.0005, 0.003)
    dirt.spoil(sheet, "date", bad, f"date={dirt.NO_SUCH_DAY} time=09:15:00", planted, "bad_date")
    dirt.spoil(sheet, "user", strangers, ' user="vpn.supplier"', planted, "unknown_person")
    dirt.spoil(sheet, "group", broken, ' group="Staff-VP', planted, "broken_line")
    for head in ("reason", "duration", "volume", "msg"):
        dirt.spoil(sheet, head, broken, "", planted, "broken_line")
    order = np.argsort(sheet.pop("logged").to_numpy(), kind="stable")
    sheet = lines.taken(sheet, order)
    sheet = dirt.duplicate(sheet, np.flatnonzero(np.isin(order, twice)), planted)
    text = lines.joined(*sheet.values())
    return lines.log(text), len(text), planted


def _sessions(
    rng: np.random.Generator, staff: people.Staff, where: days.Days, last_days: int = 31
) -> _Sessions:
    """The connections of a month, or of its last days."""
    place, dates = where.place[:, -last_days:], where.dates[-last_days:].astype("datetime64[s]")
    parts = []
    for at, chance, begins, lasts in _HABITS:
        connects = (rng.random(place.shape) < chance) & (place == at)
        who, day = np.nonzero(connects & staff.remote_capable[:, None])
        start = dates[day] + rng.integers(*begins, len(who))
        parts.append(_cut(rng, _Sessions(who, start, rng.integers(*lasts, len(who)))))
    return _joined(parts)


def _joined(parts: list[_Sessions]) -> _Sessions:
    return _Sessions(
        *(np.concatenate([getattr(part, name) for part in parts])
          for name in ("who", "start", "seconds"))
    )  # fmt: skip


def _cut(rng: np.random.Generator, whole: _Sessions) -> _Sessions:
    """Sessions as the gateway sees them: cut, taken up again, or with another beside them."""
    count = len(whole.who)
    drops = rng.random(count) < _DROPS
    limit = np.minimum(whole.seconds, _LONGEST)
    first = np.where(drops, (whole.seconds * (0.1 + 0.8 * rng.random(count))).astype(int), limit)
    first = np.minimum(first, _LONGEST)
    gap = rng.integers(20, 12 * _MINUTE, count)
    left = whole.seconds - first - gap
    again = np.flatnonzero(left > _MINUTE)
    beside = np.flatnonzero(rng.random(count) < _BESIDE)
    starts_in = (first[beside] * rng.random(len(beside))).astype(int)
    return _joined([
        _Sessions(whole.who, whole.start, first),
        _Sessions(
            whole.who[again],
            whole.start[again] + first[again] + gap[again],
            np.minimum(left[again], _LONGEST),
        ),
        _Sessions(
            whole.who[beside],
            whole.start[beside] + starts_in,
            rng.integers(_MINUTE, _HOUR, len(beside)),
        ),
    ])  # fmt: skip


def _ended(staff: people.Staff, found: _Sessions, tunnel: Any) -> lines.Sheet:
    """The line that each session ends with."""
    cut = found.seconds == _LONGEST
    reasons = ("User requested termination of service", "Auth timeout")
    reason = lines.pick(reasons, cut.astype(np.int8))
    end = found.start + found.seconds
    return _lines(staff, found.who, end, _DOWN, tunnel, reason, found.seconds)


def _going_on(staff: people.Staff, found: _Sessions, tunnel: Any) -> lines.Sheet:
    """A line of statistics, halfway through the session."""
    half = found.seconds // 2
    return _lines(staff, found.who, found.start + half, _STATISTICS, tunnel, "N/A", half)


def _failed(rng: np.random.Generator, staff: people.Staff, found: _Sessions) -> lines.Sheet:
    """Attempts that fail: some once or twice before a session, some for good."""
    first = np.flatnonzero(rng.random(len(found.who)) < _FAILS_FIRST)
    times = np.repeat(first, rng.integers(1, 3, len(first)))
    given_up = np.flatnonzero(rng.random(len(found.who)) < _GIVES_UP)
    which = np.concatenate([times, given_up])
    earlier = np.where(np.arange(len(which)) < len(times), 4 * _MINUTE, 2 * _HOUR)
    at = found.start[which] - (earlier * (0.1 + 0.9 * rng.random(len(which)))).astype(int)
    tunnel, reason = np.zeros(len(which), np.int64), "sslvpn_login_permission_denied"
    return _lines(staff, found.who[which], at, _FAILED, tunnel, reason, None)


def _lines(
    staff: people.Staff,
    who: Any,
    at: Any,
    event: tuple[str, ...],
    tunnel: Any,
    reason: lines.Column,
    seconds: Any,
) -> lines.Sheet:
    """Lines of one kind, in parts; `seconds` is the session's length, where the line tells it."""
    number, level, title, action, kind, message = event
    count, address = len(who), lines.pick(HOME_ADDRESSES, staff.post[who] % len(HOME_ADDRESSES))
    what = (
        f' logid="{number}" type="event" subtype="vpn" level="{level}" vd="root" '
        f'logdesc="{title}" action="{action}" tunneltype="{kind}" tunnelid='
    )
    length, volume = lines.shared("", count), lines.shared("", count)
    if seconds is not None:
        length = lines.joined(" duration=", lines.numbers(seconds))
        sent, received = lines.numbers(seconds * 900 + 77), lines.numbers(seconds * 700)
        volume = lines.joined(" sentbyte=", sent, " rcvdbyte=", received)
    return {
        **_clock(at),
        "event": lines.joined(lines.shared(what, count), lines.numbers(tunnel)),
        "remip": lines.joined(" remip=", address),
        "user": lines.joined(' user="', staff.login.take(pa.array(who)), '"'),
        "group": lines.shared(' group="Staff-VPN" dst_host="N/A"', count),
        "reason": lines.joined(lines.shared(' reason="', count), reason, '"'),
        "duration": length,
        "volume": volume,
        "msg": lines.shared(f' msg="{message}"', count),
    }


def _clock(at: Any) -> lines.Sheet:
    """When a line was logged, by London's clock, and by how much that differs from UTC's."""
    is_summer = (at > clock.to_utc(at)).astype(np.int8)
    return {
        "logged": pa.array(at.astype(np.int64)),
        "date": lines.moments_as(at, "date=%Y-%m-%d ", "time=%H:%M:%S"),
        "device": lines.shared(' devname="EXS-FGT-01" devid="FG200FT922900001"', len(at)),
        "zone": lines.pick((' tz="+0000"', ' tz="+0100"'), is_summer),
    }
