"""What else could be assumed: named alternatives to an estimate, and what its width comes from.

A scenario is never blended into the estimate or its interval (carbon method, section 9).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard.carbon.lines import Policy
from scorecard.carbon.uncertainty import MULTIPLIERS, Exposure, Terms, added

REBOUND, HEATING, LANDFILL, TONER = "rebound", "heating_basis", "landfill", "toner"
SCENARIOS = (REBOUND, HEATING, LANDFILL, TONER)
# A rolling year is always on the annual average, so that the basis says nothing there.
OF_SEVERAL_QUARTERS = (REBOUND, LANDFILL, TONER)


def policies(chosen: Policy) -> dict[str, Policy]:
    """Each scenario as the council's policy with one thing changed."""
    seasonal = chosen.heating_basis == "seasonal"
    return {
        REBOUND: replace(chosen, rebound=Decimal("0.2")),
        HEATING: replace(chosen, heating_basis="annual_average" if seasonal else "seasonal"),
        LANDFILL: replace(chosen, disposal="waste_paper_landfill"),
        TONER: replace(chosen, toner_g=Decimal("1.6")),
    }


@dataclass(frozen=True)
class Swing:
    """What an estimate would be if one multiplier lay at the ends of its own 95% interval."""

    multiplier: str
    half_width: Decimal  # the widest, where directorates or quarters differ
    narrowest: Decimal
    low: Decimal
    high: Decimal

    @property
    def size(self) -> Decimal:
        return abs(self.high - self.low)


def swings(terms: Terms) -> tuple[Swing, ...]:
    """Each multiplier that an estimate depends on, by how much it moves it; the largest first."""
    found = [_swing(name, terms) for name in MULTIPLIERS]
    return tuple(sorted((s for s in found if s), key=lambda s: (-s.size, s.multiplier)))


def _swing(multiplier: str, terms: Terms) -> Swing | None:
    """The estimate with one multiplier at 1 / (1 + u) and at 1 + u; None if it carries none."""
    low = high = Decimal(0)
    widths = set()
    for exposure, number in terms.items():
        half_width = dict(exposure).get(multiplier, Decimal(0))
        low += number / (1 + half_width)
        high += number * (1 + half_width)
        widths |= {half_width} - {0}
    return Swing(multiplier, max(widths), min(widths), low, high) if widths else None


# What better evidence would make of the widths: a survey that half of the staff answer and home
# days from logs; and with these, were the factor of an hour at home known to within a fifth.
_SURVEY_AND_LOGS = {
    "distance": Decimal("0.08"), "mode_mix": Decimal("0.05"), "home_days": Decimal("0.05"),
}  # fmt: skip
BETTER_EVIDENCE: dict[str, dict[str, Decimal]] = {
    "survey_and_logs": _SURVEY_AND_LOGS,
    "home_factor_too": {**_SURVEY_AND_LOGS, "home_factor": Decimal("0.20")},
}


def narrowed(terms: Terms, widths: Mapping[str, Decimal]) -> Terms:
    """The same terms, each exposed to no wider a doubt than better evidence would leave."""
    return added(*({_no_wider(exposure, widths): kg} for exposure, kg in terms.items()))


def _no_wider(exposure: Exposure, widths: Mapping[str, Decimal]) -> Exposure:
    return tuple(
        each._replace(half_width=min(each.half_width, widths.get(each.multiplier, each.half_width)))
        for each in exposure
    )


def differences(
    central: Decimal | None, others: Mapping[str, Decimal | None]
) -> dict[str, Decimal]:
    """By how much each scenario moves an estimate; those that cannot be told are left out."""
    if central is None:
        return {}
    return {name: other - central for name, other in others.items() if other is not None}
