"""The carbon method's formulas a second time, in fractions, for random activity."""

import csv
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from scorecard import assumptions
from scorecard.carbon.activity import Activity
from scorecard.carbon.lines import Policy, Rules
from scorecard.carbon.quarter import estimate
from scorecard.carbon.travel import Mode, Split
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

FILE = INCLUDE / "reference" / "ghg_factors.csv"
SETS = assumptions.factor_sets()
with FILE.open(encoding="utf-8", newline="") as file:
    PUBLISHED = {
        (row["factor_id"], int(row["publication_year"])): Fraction(row["kgco2e_per_unit"])
        for row in csv.DictReader(file)
        if row["kgco2e_per_unit"]
    }
CASES = 400
A4 = Fraction(210 * 297, 1_000_000)  # square metres
FACTORS = {
    "car": "car_average_unknown", "motorcycle": "motorbike_average", "bus": "bus_local_average",
    "train": "rail_national", "light_rail": "rail_light", "underground": "rail_underground",
    "taxi": "taxi_regular", "walk": None, "cycle": None, "car_passenger": None,
}  # fmt: skip
EXACT = Fraction(1, 10**18)  # the package divides to 28 digits


def factor(name, year):
    """The factor of a year; where its row is missing, that of the latest year before."""
    return PUBLISHED[name, max(y for n, y in PUBLISHED if n == name and y <= year)]


def random_activity(rng):
    """A quarter as the SQL may measure it: FTE-days to a millionth, some things not known."""
    placed, remote = sorted(int(n) for n in rng.integers(0, 5_000 * 10**6, 2))
    numbers = {
        "impressions": int(rng.integers(0, 2_000_000)),
        "sheets": int(rng.integers(0, 2_000_000)),
        "worked_fte_days": Decimal(int(rng.integers(10**6, 20_000 * 10**6))).scaleb(-6),
        "home_fte_days": Decimal(int(rng.integers(0, placed + 1))).scaleb(-6),
        "placed_fte_days": Decimal(placed).scaleb(-6),
        "remote_fte_days": Decimal(remote).scaleb(-6),
        "contract_hours": Decimal(int(rng.integers(6_000, 8_000))).scaleb(-1),
        "contract_days": Decimal(100),
        "fte_months": Decimal(int(rng.integers(1, 3_000))),
        "months": Decimal(3),
        "evidenced_fte_days": Decimal(1),
        "due_fte_days": Decimal(1),
    }
    lost = rng.choice(["impressions", "sheets", "home_fte_days", "contract_hours", "", "", "", ""])
    return {name: None if name == lost else Decimal(n) for name, n in numbers.items()}


def random_policy(rng, basis):
    shares = (Decimal(int(n)).scaleb(-2) for n in rng.integers(0, 101, 3))
    return Policy(
        str(rng.choice(["calendar", "fy_majority"])),
        basis,
        Decimal("7.4"),
        Decimal(int(rng.choice([75, 80, 90]))),
        *(next(shares), next(shares)),
        disposal=str(rng.choice(["waste_paper_closed_loop", "waste_paper_landfill"])),
        rebound=next(shares),
        trips_per_fte_day=Decimal(int(rng.integers(100, 130))).scaleb(-2),
    )


def random_split(rng):
    """Shares that add up to one, and distances to a hundred metres."""
    names = list(FACTORS)
    cuts = sorted(int(n) for n in rng.integers(0, 1001, len(names) - 1))
    shares = np.diff([0, *cuts, 1000])
    modes = (
        Mode(name, Decimal(int(share)).scaleb(-3), Decimal(int(rng.integers(1, 600))).scaleb(-1))
        for name, share in zip(names, shares, strict=True)
    )
    return Split(tuple(modes), "B", "survey")


def exactly(activity):
    return {name: None if n is None else Fraction(n) for name, n in activity.items()}


def printed(sheets, impressions, year, policy):
    """What so many sheets and impressions emit by the factors of a year."""
    tonnes = sheets * A4 * Fraction(policy.grammage_gsm) / 1_000_000
    recycled, kept = Fraction(policy.recycled), Fraction(policy.kept)
    paper = (1 - recycled) * factor("paper_primary", year)
    paper += recycled * factor("paper_closed_loop", year)
    waste = (1 - kept) * factor(policy.disposal, year)
    electricity = factor("electricity_generation", year) + factor("electricity_td", year)
    return tonnes * (paper + waste) + impressions * Fraction(policy.printer_wh) / 1000 * electricity


def printing(now, then, years, policy):
    """Sheets and impressions of today's staff with yesterday's ways, less those of now.

    By the factors of now, and naively: each by the factors of its own year.
    """
    asked = ("impressions", "sheets", "worked_fte_days")
    if any(period[name] is None for period in (now, then) for name in asked):
        return None, None
    scale = now["worked_fte_days"] / then["worked_fte_days"]
    before = then["sheets"] * scale, then["impressions"] * scale
    year, base_year = years
    used = printed(now["sheets"], now["impressions"], year, policy)
    return printed(*before, year, policy) - used, printed(*before, base_year, policy) - used


def home_days(now, then):
    """FTE-days worked by those who could be at home, times the change of the home share."""
    if any(period["home_fte_days"] is None for period in (now, then)):
        return None
    if not now["placed_fte_days"] or not then["placed_fte_days"]:
        return None
    share = now["home_fte_days"] / now["placed_fte_days"]
    return now["remote_fte_days"] * (share - then["home_fte_days"] / then["placed_fte_days"])


def an_hour(quarter, year, policy):
    """Section 6: an hour at home, on the annual average or by season."""
    if year < 2022:
        electricity = factor("electricity_generation", year) + factor("electricity_td", year)
        gas = Fraction("1.69318") * factor("natural_gas_gross_cv", year)
        return Fraction("0.15") * electricity + gas
    if policy.heating_basis == "annual_average":
        return factor("homeworking_total", year)
    equipment = factor("homeworking_equipment", year)
    heating = factor("homeworking_heating", year) * Fraction(policy.winter_heating)
    return equipment + (heating if quarter.number >= 3 else 0)


def a_trip(split, year):
    """What a commuter's round trip emits, by the mix of modes."""
    return 2 * sum(
        Fraction(mode.share) * Fraction(mode.one_way_km) * factor(FACTORS[mode.mode], year)
        for mode in split.modes
        if FACTORS[mode.mode]
    )


def reckoned(quarters, now, then, split, policy):
    """Printing, commuting, home energy, trips, kilometres; and the lines' naive changes."""
    years = [q.year + (policy.factor_year == "calendar" and q.number == 4) for q in quarters]
    year, base_year = years
    days = home_days(now, then)
    printing_avoided, printing_naive = printing(now, then, years, policy)
    if days is None:
        return (printing_avoided, *[None] * 4), (printing_naive, None, None)
    phi = Fraction(policy.trips_per_fte_day)
    saved = days * phi * (1 - Fraction(policy.rebound))
    share = then["home_fte_days"] / then["placed_fte_days"]
    before = now["remote_fte_days"] * (1 - share) * phi
    commute_naive = before * a_trip(split, base_year) - (before - saved) * a_trip(split, year)
    hours = now["contract_hours"]
    hours = Fraction(policy.hours_per_day) if hours is None else hours / now["contract_days"]
    at_home = now["remote_fte_days"] * share * hours
    energy = [an_hour(quarters[0], each, policy) for each in years]
    added = days * hours * energy[0]
    home_naive = (at_home + days * hours) * energy[0] - at_home * energy[1]
    trips = 2 * days * phi
    km = trips * sum(Fraction(mode.share) * Fraction(mode.one_way_km) for mode in split.modes)
    lines = printing_avoided, saved * a_trip(split, year), added, trips, km
    return lines, (printing_naive, commute_naive, home_naive)


def agrees(theirs, ours):
    if theirs is None or ours is None:
        return theirs is ours
    return abs(Fraction(theirs) - ours) <= EXACT * max(1, abs(ours))


@pytest.mark.parametrize(
    ("basis", "first", "last"), [("annual_average", 2018, 2026), ("seasonal", 2022, 2026)]
)
def test_every_line_follows_the_method_for_random_activity(basis, first, last):
    rng = np.random.default_rng(20_250_401)
    found, known = [], 0
    for _ in range(CASES):
        quarter = FinancialQuarter(int(rng.integers(first, last)), int(rng.integers(1, 5)))
        now, then = random_activity(rng), random_activity(rng)
        split, policy = random_split(rng), random_policy(rng, basis)
        baseline = FinancialQuarter(int(rng.integers(first, last)), quarter.number)
        rules = Rules(quarter, baseline, SETS, policy)
        made = estimate("HR", (Activity(**now), Activity(**then)), split, rules)
        theirs = (
            *(line.kg for line in made.lines),
            *(made.trips, made.distance_km),
        )
        ours, naive = reckoned((quarter, baseline), exactly(now), exactly(then), split, policy)
        changes = [line.printed_effects and line.printed_effects.naive for line in made.lines]
        if not all(map(agrees, changes, naive)):
            found.append((str(quarter), str(baseline), changes, naive))
        net = sum((part or 0) * sign for part, sign in zip(ours[:3], (1, 1, -1), strict=True))
        known += None not in ours
        if not all(map(agrees, theirs, ours)):
            found.append((str(quarter), theirs, ours))
        if made.net is not None and not agrees(made.net, net):
            found.append((str(quarter), made.net, net))

    assert known > CASES / 4
    assert not found, f"{len(found)} estimates differ. The first: {found[0]}"
