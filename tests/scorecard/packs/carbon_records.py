"""The carbon figures of a small council, from which tests of the carbon section build it."""

from dataclasses import replace
from decimal import Decimal

from scorecard import kpis
from scorecard.assumptions import Assumption
from scorecard.packs.carbon_figures import COMMUTING, HOME, NET, PER_FTE, PRINTING
from scorecard.packs.records import FigureRecord, Figures
from scorecard.settings import INCLUDE

KPIS = kpis.load(INCLUDE / "sql" / "kpi")
DEFINITIONS = tuple(KPIS[kpi] for kpi in (PRINTING, COMMUTING, HOME, NET, PER_FTE))
QUARTER, ROLLING = "2025-26-Q1", "2025-26-Q1-R12"
SWINGS = [
    {"multiplier": "home_factor", "half_width": "0.40", "narrowest": "0.40",
     "low_kg": "17903", "high_kg": "2730"},
    {"multiplier": "distance", "half_width": "0.30", "narrowest": "0.30",
     "low_kg": "4469", "high_kg": "20829"},
]  # fmt: skip
# Kilograms of each line with the ends of its interval: those of the method's worked example.
NUMBERS = {
    PRINTING: ("2890.526", "2100", "4000"),
    COMMUTING: ("30822.835", "22000", "43000"),
    HOME: ("22130.949", "15000", "32000"),
    NET: ("11.582412", "-0.6", "24.7"),
    PER_FTE: ("28.956", "-1.5", "61.75"),
}
DETAILS = {
    "above_zero": "0.9689", "factor_year": "2025", "grade": "D", "fallbacks": [],
    "provisional_factors": [], "missing": [], "averaged": [],
    "gross_kg": "33713.361", "gross_lower_kg": "24900", "gross_upper_kg": "46000",
    "naive_change_kg": "1294.988", "activity_effect_kg": "2798.654",
    "factor_effect_kg": "-1503.666", "swings": SWINGS, "scenarios": {"rebound": "5417.845"},
    "mean_km": "12.1", "break_even_km": "10.8",
}  # fmt: skip


def figure(kpi, period=ROLLING, directorate="COUNCIL", numbers=None, details=None, **given):
    """A figure of one KPI; `numbers` in its own unit, `details` instead of the usual ones."""
    value, lower, upper = (Decimal(n) for n in numbers or NUMBERS[kpi])
    made = FigureRecord(
        kpi_id=kpi, version=1, period=period, directorate=directorate,
        period_kind="rolling_12" if period.endswith("-R12") else "quarter",
        numerator=value, denominator=Decimal(1), value=round(value, 1), lower=lower, upper=upper,
        state="final", flags=("estimated",), why="Every extract has been accepted.", target=None,
        rag="not_rated", rag_basis="no target", direction="not_comparable",
        details=DETAILS | (details or {}),
    )  # fmt: skip
    return replace(made, **given)


def all_figures(**given):
    """Every line of the council, for the quarter and its rolling year."""
    return [figure(kpi, period, **given) for kpi in NUMBERS for period in (QUARTER, ROLLING)]


def with_carbon(records, *figures, section="on", link=None):
    """The records of the small council with these carbon figures and no others."""
    settled = records.council.settled
    chosen = replace(settled.carbon, section=section, link=link)
    council = replace(records.council, settled=replace(settled, carbon=chosen))
    mine = {definition.id for definition in DEFINITIONS}
    others = [f for f in records.figures.rows if f.kpi_id not in mine]
    return replace(
        records,
        council=council,
        definitions=(*(d for d in records.definitions if d.id not in mine), *DEFINITIONS),
        figures=Figures((*others, *figures)),
        break_even=(("Average car", Decimal("7.38")),),
        assumptions=(Assumption("Carbon", "Weight of paper", "amber", "red", "Geometry", "80"),),
    )
