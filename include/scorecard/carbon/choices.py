"""What a council may choose about carbon: whether it has a section, and what it compares with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from scorecard.baselines import Baseline
from scorecard.decisions import CarbonChoices, Event
from scorecard.period import FinancialQuarter, london_day
from scorecard.strict import WrongDefinition

# April 2020 to March 2022: people did not work as they chose.
PANDEMIC = ("2020-21", "2021-22")
# Who mainly worked at or from home in 2011, by two definitions of the Census; and no other share.
CENSUS_HOME_SHARES = (Decimal("0.05"), Decimal("0.104"))
# What compares with the baseline, beside everything of carbon.
_ALSO_COMPARES = ("Printing", "print_reduction_from_baseline")

# A page of a site: https, a host with a dot, perhaps a port; no user, space or control character.
_SITE = r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?"
_ADDRESS = re.compile(_SITE + r"([/?#][!-~]*)?", re.IGNORECASE | re.ASCII)


def check_carbon(chosen: CarbonChoices) -> None:
    """Refuse a section that is reported elsewhere and does not say where, or the reverse."""
    is_elsewhere = chosen.section == "reported_elsewhere"
    if is_elsewhere and not _ADDRESS.fullmatch(chosen.link or ""):
        raise WrongDefinition(
            f"council.yaml: carbon: link: '{chosen.link or ''}' leads nowhere that a reader can "
            "trust. Write the address of the council's own report, beginning with https:// and the "
            "name of a site, without a user's name, spaces or line breaks."
        )
    if chosen.link and not is_elsewhere:
        raise WrongDefinition(
            f"council.yaml: carbon: link is for a section that is reported elsewhere, and it is "
            f"{chosen.section}. Remove the link, or write section: reported_elsewhere."
        )


def check_baselines(baselines: Sequence[Baseline]) -> None:
    """Refuse a baseline that cannot be one, or that two decisions set from the same quarter."""
    begun = set()
    for number, each in enumerate(baselines, start=1):
        problem = _problem(each)
        if (each.starts, each.decided_on) in begun:
            problem = (
                f"another begins with {each.starts} already. Keep one of them, or say in "
                "decided_on when the later one was decided."
            )
        if problem:
            raise WrongDefinition(f"council.yaml: baselines[{number}]: {each.year}: {problem}")
        begun.add((each.starts, each.decided_on))


def _problem(baseline: Baseline) -> str:
    """Why a year cannot be a baseline, and what to do; empty if it can."""
    since = FinancialQuarter.parse(baseline.starts)
    if len(set(baseline.years)) < len(baseline.years):
        return "other_years: a year is named twice. Name each once, and `year` not again."
    if any(FinancialQuarter.parse(f"{year}-Q1").year > since.year for year in baseline.years):
        return f"it begins after {since}, which is compared with it. Choose an earlier year."
    is_pandemic = not set(baseline.years).isdisjoint(PANDEMIC)
    if is_pandemic and not baseline.override:
        return (
            "a year of the pandemic is no baseline. Choose another, or say in `override` why "
            "this one is right."
        )
    if baseline.override and not is_pandemic:
        return "it needs no override, because it is no year of the pandemic. Remove it."
    return _problem_of_home_share(baseline)


def _problem_of_home_share(baseline: Baseline) -> str:
    """Why a share of the Census cannot stand in for home days that are not known; empty if so."""
    share, reason = baseline.census_home_share, baseline.census_home_reason
    if share is not None and share not in CENSUS_HOME_SHARES:
        allowed = " or ".join(map(str, CENSUS_HOME_SHARES))
        return f"census_home_share: {share} is none of the Census of 2011. Write {allowed}."
    if (share is None) == bool(reason):
        return (
            "census_home_share and census_home_reason belong together. Write both, or remove "
            "them: then what has no home days in the baseline has no figure of home working."
        )
    return ""


def resets(baselines: Iterable[Baseline]) -> Iterator[Event]:
    """An event for each baseline that took the place of another, to draw where it is used."""
    ordered = sorted(baselines, key=lambda b: (FinancialQuarter.parse(b.starts), str(b.decided_on)))
    for before, now in pairwise(ordered):
        if set(before.years) == set(now.years):
            continue
        title = f"The baseline is {now.in_words}, no longer {before.in_words}"
        for theme, kpi in (("Carbon", "*"), _ALSO_COMPARES):
            yield Event(
                day=london_day(FinancialQuarter.parse(now.starts).starts_at),
                kind="event",
                theme=theme,
                kpi=kpi,
                title=title,
                reason=f"{now.reason} ({now.decision})",
                decided_on=now.decided_on,
            )
