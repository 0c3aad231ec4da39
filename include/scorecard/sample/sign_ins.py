"""Interactive sign-ins as Microsoft Entra exports them: 56 columns, one of them named twice.

Who works at home signs in from a home address, who is at the office mostly has no need to; now and
then somebody on leave looks at the mail. With the desk bookings, the sign-ins show about 85 per
cent of the days of those who can work at home.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month
from scorecard.sample import clock, days, dirt, lines, people
from scorecard.sample.seeds import generator

HEADINGS = (
    "Date (UTC)", "Request ID", "User agent", "Correlation ID", "User ID", "User", "Username",
    "User type", "Cross tenant access type", "Incoming token type", "Authentication Protocol",
    "Unique token identifier", "Original transfer method", "Client credential type",
    "Token Protection - Sign In Session", "Token Protection - Sign In Session StatusCode",
    "Application", "Application ID ", "App owner tenant ID", "Resource", "Resource ID ",
    "Resource tenant ID", "Resource owner tenant ID", "Home tenant ID", "Home tenant name",
    "IP address", "Location", "Status", "Sign-in error code", "Failure reason", "Client app",
    "Device ID", "Browser", "Operating System", "Compliant", "Managed", "Join Type",
    "Multifactor authentication result", "Multifactor authentication auth method",
    "Multifactor authentication auth detail", "Authentication requirement", "Sign-in identifier",
    "Session ID", "IP address (seen by resource)", "Through Global Secure Access",
    "Global Secure Access IP address", "Autonomous system  number", "Flagged for review",
    "Token issuer type", "Incoming token type", "Token issuer name", "Latency",
    "Conditional Access", "Managed Identity type", "Associated Resource Id", "Federated Token Id",
)  # fmt: skip

# The chance of a sign-in on such a day.
_SIGNS_IN = {days.OFFICE: 0.20, days.AT_HOME: 0.92, days.OUT: 0.60, days.LEAVE: 0.03}
_AGAIN = 0.06  # signs in a second time that day
_APPLICATIONS = (
    "Microsoft Teams",
    "Office 365 Exchange Online",
    "SharePoint Online",
    "Social Care",
)
_SUCCESS, _FAILURE, _INTERRUPTED = range(3)
_OFFICE_ADDRESSES = [f"10.20.{n % 8}.{n + 10}" for n in range(200)] + [
    f"198.51.100.{n + 1}" for n in range(56)
]
HOME_ADDRESSES = [f"203.0.113.{n}" for n in range(1, 255)] + [f"192.0.2.{n}" for n in range(1, 255)]
_ADDRESSES = _OFFICE_ADDRESSES + HOME_ADDRESSES
_PLACES = (
    "Exampleton, Exampleshire, GB",
    "Milltown, Exampleshire, GB",
    "Northbridge, Exampleshire, GB",
)


def sign_ins(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's sign-in export: the file, its rows, the dirt in it."""
    rng = generator(seed, "sign-ins", month)
    late_rng, before = generator(seed, "sign-ins late", month), month.shifted(-1)
    who, at, away = _evidence(late_rng, seed, heads, before, last_days=1)
    few = dirt.late(late_rng, len(who), 0.05, month)
    late = _sheet(late_rng, people.in_post(seed, heads, before), who[few], at[few], away[few])
    staff = people.in_post(seed, heads, month)
    sheet = lines.stacked([late, _sheet(rng, staff, *_evidence(rng, seed, heads, month))])
    rows = len(sheet["Username"])
    planted = {"byte_order_mark": 1, "duplicated_heading": 1, "late_row": len(few)}
    guests, bad, twice = dirt.apart(rng, np.arange(len(few), rows), 0.002, 0.0005, 0.002)
    dirt.spoil(sheet, "Username", guests, "guest@partner.example", planted, "unknown_person")
    sheet["User type"] = lines.flags(lines.mask(rows, guests), "Guest", "Member")
    dirt.spoil(sheet, "Date (UTC)", bad, f"{dirt.NO_SUCH_DAY} 09:15", planted, "bad_date")
    sheet = dirt.duplicate(sheet, twice, planted)
    text = lines.to_bytes(sheet, heading=",".join(HEADINGS), encoding="utf-8-sig")
    return text, len(sheet["Username"]), planted


def _evidence(
    rng: np.random.Generator, seed: int, heads: int, month: Month, last_days: int = 31
) -> tuple[Any, Any, Any]:
    """Who signs in, when (London), and whether from outside the council's network."""
    staff, where = people.in_post(seed, heads, month), days.of(seed, heads, month)
    place = where.place[:, -last_days:]
    chance = np.zeros(days.PLACES)
    chance[list(_SIGNS_IN)] = list(_SIGNS_IN.values())
    signs_in = (rng.random(place.shape) < chance[place]) & staff.remote_capable[:, None]
    again = signs_in & (rng.random(place.shape) < _AGAIN)
    who, day = np.nonzero(np.concatenate([signs_in, again], axis=1))
    first = day < place.shape[1]
    day = day % place.shape[1]
    morning = 7 * 3600 + 1800 + rng.integers(0, 5400, len(who)) + rng.integers(0, 3600, len(who))
    seconds = np.where(first, morning, clock.times_of_day(rng, len(who)))
    at = where.dates[-last_days:][day].astype("datetime64[s]") + seconds
    order = np.argsort(at, kind="stable")
    return who[order], at[order], (place[who, day] != days.OFFICE)[order]


def _addresses(rng: np.random.Generator, post: Any, away: Any) -> Any:
    """The address each sign-in comes from: a person's own at home, any of the council's at work."""
    office = rng.integers(0, len(_OFFICE_ADDRESSES), len(post))
    home = len(_OFFICE_ADDRESSES) + post % len(HOME_ADDRESSES)
    return lines.pick(_ADDRESSES, np.where(away, home, office))


def _sheet(
    rng: np.random.Generator, staff: people.Staff, who: Any, at: Any, away: Any
) -> lines.Sheet:
    """The export's columns that hold something; `HEADINGS` gives the rest empty."""
    total, login = len(who), staff.login.take(pa.array(who))
    outcome = rng.choice(3, total, p=(0.955, 0.03, 0.015))
    filled = {
        "Date (UTC)": lines.moments_as(clock.to_utc(at), "%Y-%m-%dT", "%H:%M:%SZ"),
        "Request ID": lines.identifiers(rng, total),
        "User": login,
        "Username": lines.joined(login, "@exampleshire.gov.uk"),
        "User type": "Member",
        "Cross tenant access type": "None",
        "Authentication Protocol": "None",
        "Application": lines.pick(_APPLICATIONS, rng.integers(0, len(_APPLICATIONS), total)),
        "Resource": "Microsoft Graph",
        "Home tenant name": "Exampleshire Council",
        "IP address": _addresses(rng, staff.post[who], away),
        "Location": lines.pick([lines.quoted(place) for place in _PLACES], staff.post[who] % 3),
        "Status": lines.pick(("Success", "Failure", "Interrupted"), outcome),
        "Sign-in error code": lines.pick(("0", "50126", "50140"), outcome),
        "Failure reason": lines.pick(
            ("Other.", "Invalid username or password.", "Keep me signed in."), outcome
        ),
        "Client app": "Browser",
        "Operating System": "Windows11",
        "Authentication requirement": "Multifactor authentication",
        "Autonomous system  number": "64496",
        "Flagged for review": "No",
        "Token issuer type": "Azure AD",
        "Latency": lines.numbers(rng.integers(40, 900, total)),
        "Conditional Access": "Success",
    }
    # A dict holds a heading once: the repeated one gets a number, and is written without it.
    names = [head if head not in HEADINGS[:n] else f"{head} {n}" for n, head in enumerate(HEADINGS)]
    return {name: filled.get(name, "") for name in names}
