"""Carbon estimates as figures: every period's lines, their standing, and what they rest on."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from scorecard import carbon
from scorecard.arrivals import months_of
from scorecard.carbon import Estimate
from scorecard.emissions import Policy
from scorecard.factors import FactorSets
from scorecard.kpis import rounded
from scorecard.lineage import Lineage
from scorecard.period import FinancialQuarter, Period
from scorecard.states import AWAITING, FINAL, PROVISIONAL, Readiness, Standing
from scorecard.travel import survey_splits

# (KPI, directorate) to numerator and denominator, for one quarter.
Measured = Mapping[tuple[str, str], tuple[Decimal | None, Decimal | None]]

_LINES = {
    "printing_emissions_avoided": "printing",
    "commuting_emissions_avoided": "commuting",
    "home_working_emissions_added": "home_energy",
}
_NETS = ("net_emissions_avoided", "net_emissions_avoided_per_fte")


def estimates_of(
    quarters: Sequence[FinancialQuarter],
    measured: Callable[[FinancialQuarter], Measured],
    baseline_of: Callable[[FinancialQuarter], FinancialQuarter | None],
    modes: Sequence[Mapping[str, Any]],
    sets: FactorSets,
    policy: Policy,
    lineage: Lineage,
) -> dict[tuple[str, str], Estimate]:
    """The estimate of every quarter that has a baseline, by its key and directorate.

    Directorates that were reorganised since the baseline are reckoned as what became of them, or
    together, so that the council's sum compares like with like.
    """
    found: dict[tuple[str, str], Estimate] = {}
    for quarter in quarters:
        baseline = baseline_of(quarter)
        if baseline is None or not measured(quarter):
            continue
        splits = survey_splits([row for row in modes if row["period"] == str(quarter)])
        now, then = (
            carbon.activities(_of_units(measured(each), lineage, quarter, baseline))
            for each in (quarter, baseline)
        )
        each = carbon.estimate_quarter(quarter, now, then, splits, sets, policy)
        found.update({(str(quarter), directorate): e for directorate, e in each.items()})
    return found


def _of_units(
    measured: Measured, lineage: Lineage, quarter: FinancialQuarter, baseline: FinancialQuarter
) -> Measured:
    """What was measured, added up for directorates that are reckoned as one."""
    codes = {directorate for _, directorate in measured}
    units = lineage.units(quarter.period, baseline.period, codes)
    if all(code == unit for code, unit in units.items()):
        return measured
    found: dict[tuple[str, str], tuple[Decimal | None, Decimal | None]] = {}
    for (kpi_id, directorate), numbers in measured.items():
        key = (kpi_id, units[directorate])
        found[key] = _added(found[key], numbers) if key in found else numbers
    return found


def _added(
    one: tuple[Decimal | None, Decimal | None], other: tuple[Decimal | None, Decimal | None]
) -> tuple[Decimal | None, Decimal | None]:
    """Two pairs added; what is not known of one is not known of both."""
    above, below = (
        None if a is None or b is None else a + b for a, b in zip(one, other, strict=True)
    )
    return above, below


def estimate_for(
    period: Period, directorate: str, estimates: Mapping[tuple[str, str], Estimate]
) -> Estimate | None:
    """The estimate of a quarter, or of all the quarters of a longer period together."""
    last = months_of(period)[-1].quarter
    count = {"quarter": 1, "year_to_date": last.number, "rolling_12": 4}.get(period.kind, 0)
    wanted = [str(last.shifted(-step)) for step in range(count - 1, -1, -1)]
    each = [estimates.get((key, directorate)) for key in wanted]
    known = [estimate for estimate in each if estimate is not None]
    if not known or len(known) < count:
        return None
    return known[0] if period.kind == "quarter" else carbon.over_quarters(known, period.key)


def standing_of_estimate(kpi_id: str, estimate: Estimate | None, ready: Readiness) -> Standing:
    """A line that is not known is awaited; a net without one of its lines is provisional."""
    if estimate is None:
        why = ready.awaited or ("Activity of the period or of its baseline is not known.",)
        return Standing(AWAITING, " ".join(why), flags=("estimated",))
    missing = _missing(kpi_id, estimate)
    value = estimate.value(kpi_id)
    if value is None:
        why = missing or ready.awaited or ("Its activity is not known.",)
        return Standing(AWAITING, _sentences(why), flags=("estimated",))
    reasons = [*missing, *ready.awaited, *ready.incomplete]
    if estimate.provisional:
        reasons.append("The factor set of the period's year is not out yet")
    flags = ["estimated"]
    flags += ["partial"] if missing else []
    flags += ["factor_fallback"] if estimate.fallbacks else []
    state = PROVISIONAL if reasons else FINAL
    told = reasons or ["Every extract that it needs has been accepted"]
    whole = rounded(value, 6), Decimal(1)
    return Standing(state, _sentences(told), *whole, exact=value, flags=tuple(flags))


def _missing(kpi_id: str, estimate: Estimate) -> tuple[str, ...]:
    """Why a KPI's own line is not known; for the net, any of its lines."""
    if kpi_id in _LINES:
        return tuple(getattr(estimate, _LINES[kpi_id]).missing)
    return estimate.missing if kpi_id in _NETS else estimate.commuting.missing


def _sentences(reasons: Sequence[str]) -> str:
    """Reasons as sentences, each once."""
    unique = dict.fromkeys(reason.rstrip(".") for reason in reasons)
    return " ".join(f"{reason[:1].upper()}{reason[1:]}." for reason in unique)


def details_of(kpi_id: str, estimate: Estimate | None) -> dict[str, Any]:
    """What an estimate rests on: factors and their years, parts in kilograms, remarks."""
    if estimate is None:
        return {}
    lines = [getattr(estimate, _LINES[kpi_id])] if kpi_id in _LINES else list(estimate.lines)
    factors = {factor.factor_id: factor for line in lines for factor in line.factors}
    fallbacks = [factor for factor in factors.values() if factor.fallback]
    years = sorted({factor.publication_year for factor in factors.values()})
    told: dict[str, Any] = {
        "factor_year": ", ".join(map(str, years)),
        "factors": sorted(factors),
        "fallbacks": sorted(
            f"{f.factor_id}: {f.publication_year} for {f.asked_year}" for f in fallbacks
        ),
        "parts_kg": {
            name: str(rounded(kg, 3)) for line in lines for name, kg in line.parts.items()
        },
        "grade": max((line.grade for line in lines), default=""),
        "remarks": list(estimate.remarks),
        "missing": list(estimate.missing),
    }
    if estimate.split is not None:
        told["travel_source"] = estimate.split.source
        told["mean_km"] = str(rounded(estimate.split.mean_km, 1))
    if estimate.break_even_km is not None:
        told["break_even_km"] = str(rounded(estimate.break_even_km, 1))
    return told
