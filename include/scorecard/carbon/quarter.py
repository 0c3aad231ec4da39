"""A quarter's estimates: every directorate against its baseline, and the council as their sum."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from scorecard.carbon import lines
from scorecard.carbon.activity import COUNCIL, Activity, home_days_gained, ratio, why_no_home_days
from scorecard.carbon.estimates import SMALLEST_CHANGE, Estimate, Homes, add_up
from scorecard.carbon.lines import Rules
from scorecard.carbon.products import Line
from scorecard.carbon.travel import Split, break_even_km, split_for
from scorecard.carbon.uncertainty import width
from scorecard.carbon.well_to_tank import well_to_tank

LARGEST_FTE_CHANGE = Decimal("0.2")


def estimate_quarter(
    now: Mapping[str, Activity],
    baseline: Mapping[str, Activity],
    splits: Mapping[str, Split],
    rules: Rules,
    winters: Mapping[str, Decimal] | None = None,
) -> dict[str, Estimate]:
    """Every directorate's lines for a quarter, and COUNCIL's, which are their sum.

    `winters`: by directorate, the hours of the year over those of October to March, where known.
    """
    nobody = Activity()
    own = {
        directorate: estimate(
            directorate,
            (now.get(directorate, nobody), baseline.get(directorate, nobody)),
            split_for(directorate, splits),
            _with_winter(rules, (winters or {}).get(directorate)),
        )
        for directorate in sorted({*now, *baseline} - {COUNCIL})
    }
    split = split_for(COUNCIL, splits)
    council = replace(
        add_up(list(own.values()), str(rules.quarter), COUNCIL),
        split=split,
        break_even_km=_break_even(rules.policy.hours_per_day, split, rules),
    )
    return {**own, COUNCIL: council}


def _with_winter(rules: Rules, weight: Decimal | None) -> Rules:
    if weight is None:
        return rules
    policy = replace(rules.policy, winter_heating=weight, winter_is_known=True)
    return replace(rules, policy=policy)


def estimate(
    directorate: str, periods: tuple[Activity, Activity], split: Split, rules: Rules
) -> Estimate:
    """The lines of one directorate: a quarter (first of `periods`) against its baseline quarter."""
    now, then = periods
    where = f"{directorate}, {rules.quarter}"
    days = home_days_gained(now, then)
    if days is None:
        why = f"home working not known: {why_no_home_days(where, now)}"
        commuting = home_energy = Line(None, missing=(why,))
    else:
        commuting = lines.commuting(periods, split, rules)
        home_energy = lines.home_energy(periods, rules)
    policy = rules.policy
    trips = None if days is None else 2 * days * policy.trips_per_fte_day
    home_days = width("home_days", max(now.grade, then.grade))
    exposure = width("distance", split.grade), home_days
    seasonal_winter = policy.heating_basis == "seasonal" and rules.is_winter
    return Estimate(
        period=str(rules.quarter),
        directorate=directorate,
        printing=lines.printing(where, periods, rules),
        commuting=commuting,
        home_energy=home_energy,
        well_to_tank=well_to_tank(commuting, rules),
        trip_terms=None if trips is None else {(home_days,): trips},
        distance_terms=None if trips is None else {exposure: trips * split.mean_km},
        fte=now.fte,
        homes=_homes(now, then),
        split=split,
        break_even_km=_break_even(now.hours_per_day or policy.hours_per_day, split, rules),
        remarks=_remarks(where, now, then, rules.is_baseline),
        averaged=then.averaged,
        census_home_share=then.census_home_share,
        winter_assumed=seasonal_winter and not policy.winter_is_known,
        is_baseline=rules.is_baseline,
    )


def _break_even(hours: Decimal, split: Split, rules: Rules) -> Decimal | None:
    """The one-way distance beyond which a day at home saves carbon, on the annual average."""
    an_hour = rules.factor("homeworking_total", "FTE.hour").value
    return break_even_km(hours * an_hour, split, rules.sets, rules.year)


def _remarks(where: str, now: Activity, then: Activity, is_baseline: bool) -> tuple[str, ...]:
    """What a reader must know before believing a directorate's lines."""
    if is_baseline:
        return (f"{where}: this is the baseline, compared with itself",)
    remarks = []
    share, before = now.home_share, then.home_share
    if share is not None and before is not None and abs(share - before) < SMALLEST_CHANGE:
        remarks.append(f"{where}: the home share moved by under 5 points, too small to estimate")
    moved = ratio(now.fte, then.fte)
    if moved is not None and abs(moved - 1) > LARGEST_FTE_CHANGE:
        remarks.append(f"{where}: FTE moved by over 20%, so that a mapped baseline is required")
    remarks += _sides(where, now, then)
    if then.census_home_share is not None:
        remarks.append(f"{where}: no home days in the baseline, so a share of the 2011 Census")
    remarks += [f"{where}: no seasonal baseline for {what}" for what in then.averaged]
    return tuple(remarks)


def _sides(where: str, now: Activity, then: Activity) -> list[str]:
    """On how many sides of a sheet printing is taken to be, where a log does not say."""
    known = now.duplex_share is not None, then.duplex_share is not None
    if not now.impressions or not then.impressions or all(known):
        return []
    if not any(known):
        return [f"{where}: the sides of sheets are not known, so that each is taken to bear one"]
    lender = "quarter" if known[0] else "baseline"
    return [f"{where}: duplex is known of the {lender} only, and taken to be the same in both"]


def _homes(now: Activity, then: Activity) -> Homes | None:
    days, share, before = now.remote_fte_days, now.home_share, then.home_share
    if days is None or share is None or before is None:
        return None
    return Homes(days, days * share, days * before)
