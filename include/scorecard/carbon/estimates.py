"""An estimate: its three lines, their net, and what is said of them; and the sums of estimates.

Positive means less carbon; a negative figure is an increase. The net leaves the energy of offices
out. Where the council has meters, that is a fourth line, for the council alone, and the net with it
is another figure, which is told only where all four lines are known. The numbers are central
estimates; what each is exposed to stands beside it, for its interval. Source: the carbon method.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard.carbon.activity import ratio
from scorecard.carbon.factors import Factor
from scorecard.carbon.products import ZERO, Effects, Line, sum_of
from scorecard.carbon.travel import Split
from scorecard.carbon.uncertainty import Terms, added, scaled, total

SMALLEST_CHANGE = Decimal("0.05")  # of the home share
NOT_ASKED = Line(None)  # well to tank, of a council that does not ask for it
NOT_METERED = Line(None)  # energy of offices without meters: not known, and never zero


@dataclass(frozen=True)
class Homes:
    """The home share behind an estimate, in FTE-days: now, and in the baseline's ways."""

    days: Decimal  # worked by those who could be at home
    at_home: Decimal
    counterfactual: Decimal

    @property
    def moved(self) -> Decimal | None:
        """By how much the home share moved since the baseline."""
        return ratio(self.at_home - self.counterfactual, self.days)


@dataclass(frozen=True)
class Estimate:
    """The lines of one directorate, or of the council, for one quarter or several."""

    period: str
    directorate: str
    printing: Line
    commuting: Line
    home_energy: Line  # added, so taken off the net
    trip_terms: Terms | None  # commute trips avoided, one way
    distance_terms: Terms | None  # in kilometres
    fte: Decimal | None
    homes: Homes | None = None
    split: Split | None = None
    break_even_km: Decimal | None = None
    remarks: tuple[str, ...] = ()
    averaged: tuple[str, ...] = ()  # what has no seasonal baseline
    winter_assumed: bool = False
    census_home_share: Decimal | None = None  # stands in for the baseline's home days somewhere
    is_baseline: bool = False  # it is compared with itself
    office: Line = NOT_METERED  # of the council as a whole
    well_to_tank: Line = NOT_ASKED  # of the kilometres that commuting avoided

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        return self.printing, self.commuting, self.home_energy

    @property
    def net_terms(self) -> Terms | None:
        """Printing plus commuting less home energy, of the lines that are known, in kilograms."""
        known = [line.avoided for line in self.lines if line.avoided is not None]
        return added(*known) if known else None

    @property
    def gross_terms(self) -> Terms | None:
        """Printing plus commuting, before home energy is taken off, of the lines that are known."""
        lines = self.printing, self.commuting
        known = [line.avoided for line in lines if line.avoided is not None]
        return added(*known) if known else None

    @property
    def with_office_terms(self) -> Terms | None:
        """The net with the energy of offices, in kilograms; None unless every line is known."""
        net, office = self.net_terms, self.office.avoided
        if net is None or office is None or self.missing:
            return None
        return added(net, office)

    @property
    def net(self) -> Decimal | None:
        return None if self.net_terms is None else total(self.net_terms)

    @property
    def net_per_fte(self) -> Decimal | None:
        return ratio(self.net, self.fte)

    @property
    def trips(self) -> Decimal | None:
        return None if self.trip_terms is None else total(self.trip_terms)

    @property
    def distance_km(self) -> Decimal | None:
        return None if self.distance_terms is None else total(self.distance_terms)

    @property
    def effects(self) -> Effects | None:
        """Activity and factor effect on the net; None if a known line's are not known."""
        found = [line.effects for line in self.lines if line.products is not None]
        known = [each for each in found if each is not None]
        return sum(known, Effects(ZERO, ZERO)) if len(known) == len(found) > 0 else None

    @property
    def too_small(self) -> bool:
        """Whether the home share moved by so little that two lines cannot be estimated."""
        moved = self.homes.moved if self.homes else None
        return moved is not None and abs(moved) < SMALLEST_CHANGE and not self.is_baseline

    @property
    def missing(self) -> tuple[str, ...]:
        """Why the net is partial, in an officer's words; empty if every line is known."""
        return tuple(dict.fromkeys(why for line in self.lines for why in line.missing))

    @property
    def factors(self) -> tuple[Factor, ...]:
        return tuple(dict.fromkeys(factor for line in self.lines for factor in line.factors))

    @property
    def fallbacks(self) -> tuple[Factor, ...]:
        """Factors of an earlier year, because their row is missing in the right set."""
        return tuple(factor for factor in self.factors if factor.fallback)

    @property
    def provisional(self) -> bool:
        """The right factor set is not out, or a winter's heating awaits the year's hours."""
        return self.winter_assumed or any(factor.provisional for factor in self.factors)

    def terms(self, kpi_id: str) -> Terms | None:
        """What a KPI of kind carbon publishes: kilograms (the net: tonnes), trips or kilometres."""
        net, home = self.net_terms, self.home_energy.avoided
        return {
            "gross_emissions_avoided": self.gross_terms,
            "office_emissions_avoided": self.office.avoided,
            "well_to_tank_avoided": self.well_to_tank.avoided,
            "net_with_office_energy": self.with_office_terms,
            "printing_emissions_avoided": self.printing.avoided,
            "commuting_emissions_avoided": self.commuting.avoided,
            "home_working_emissions_added": None if home is None else scaled(home, Decimal(-1)),
            "net_emissions_avoided": None if net is None else scaled(net, Decimal("0.001")),
            "net_emissions_avoided_per_fte": scaled(net, 1 / self.fte)
            if net is not None and self.fte
            else None,
            "commute_trips_avoided": self.trip_terms,
            "commute_distance_avoided": self.distance_terms,
        }[kpi_id]

    def value(self, kpi_id: str) -> Decimal | None:
        """The central estimate of a KPI of kind carbon, in its own unit."""
        return {
            "printing_emissions_avoided": self.printing.kg,
            "commuting_emissions_avoided": self.commuting.kg,
            "home_working_emissions_added": self.home_energy.kg,
            "net_emissions_avoided": None if self.net is None else self.net / 1000,
            "net_emissions_avoided_per_fte": self.net_per_fte,
            "commute_trips_avoided": self.trips,
            "commute_distance_avoided": self.distance_km,
        }[kpi_id]


def add_up(estimates: Sequence[Estimate], period: str, directorate: str) -> Estimate:
    """The sum of the estimates of several directorates: known lines are added, others named.

    FTE is that of the directorates whose net is known, for the net to be divided by.
    """
    return Estimate(
        period=period,
        directorate=directorate,
        printing=sum_of(e.printing for e in estimates),
        commuting=sum_of(e.commuting for e in estimates),
        home_energy=sum_of(e.home_energy for e in estimates),
        well_to_tank=sum_of(e.well_to_tank for e in estimates),
        trip_terms=_added(estimates, lambda e: e.trip_terms),
        distance_terms=_added(estimates, lambda e: e.distance_terms),
        fte=_all_of([e.fte for e in estimates if e.net is not None]),
        homes=_all_homes([e.homes for e in estimates if e.homes]),
        remarks=tuple(dict.fromkeys(remark for e in estimates for remark in e.remarks)),
        averaged=tuple(sorted({what for e in estimates for what in e.averaged})),
        winter_assumed=any(e.winter_assumed for e in estimates),
        census_home_share=max(filter(None, (e.census_home_share for e in estimates)), default=None),
        is_baseline=all(e.is_baseline for e in estimates),
    )


def over_quarters(estimates: Sequence[Estimate], period: str) -> Estimate:
    """One directorate's quarters together (year to date, rolling year), each at its own factors.

    FTE is their mean. What is not known of one of the quarters, a line or the FTE, is not known of
    them together. ValueError if there is no quarter to add.
    """
    if not estimates:
        raise ValueError(f"{period}: no quarter was estimated. Estimate its quarters first.")
    whole = add_up(estimates, period, estimates[-1].directorate)
    last = estimates[-1]
    return replace(
        whole,
        printing=_of_all(whole.printing, [e.printing for e in estimates]),
        commuting=_of_all(whole.commuting, [e.commuting for e in estimates]),
        home_energy=_of_all(whole.home_energy, [e.home_energy for e in estimates]),
        office=_of_all(sum_of(e.office for e in estimates), [e.office for e in estimates]),
        well_to_tank=_of_all(whole.well_to_tank, [e.well_to_tank for e in estimates]),
        trip_terms=whole.trip_terms if all(e.trip_terms for e in estimates) else None,
        distance_terms=whole.distance_terms if all(e.distance_terms for e in estimates) else None,
        fte=ratio(_all_of([e.fte for e in estimates]), Decimal(len(estimates))),
        split=last.split,
        break_even_km=last.break_even_km,
    )


def _of_all(whole: Line, lines: Sequence[Line]) -> Line:
    """The sum of a line's quarters; not known if one of them is not."""
    if all(line.products is not None for line in lines):
        return whole
    return Line(None, missing=whole.missing, is_added=whole.is_added)


def _all_homes(homes: Sequence[Homes]) -> Homes | None:
    if not homes:
        return None
    columns = zip(*((h.days, h.at_home, h.counterfactual) for h in homes), strict=True)
    return Homes(*(sum(column, ZERO) for column in columns))


def _all_of(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of values that are all known; None if one is not, or there is none."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if len(known) == len(values) > 0 else None


def _added(
    estimates: Sequence[Estimate], terms_of: Callable[[Estimate], Terms | None]
) -> Terms | None:
    known = [terms for each in estimates if (terms := terms_of(each)) is not None]
    return added(*known) if known else None
