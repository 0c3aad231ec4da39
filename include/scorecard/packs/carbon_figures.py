"""The carbon figures of one period and directorate, as the pack's section reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scorecard.council import COUNCIL
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_told import OWN, amount_of, lacking
from scorecard.packs.carbon_wording import Amount
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.shown import MISSING, Shown
from scorecard.packs.words import period_name
from scorecard.period import FinancialQuarter

PRINTING, COMMUTING = "printing_emissions_avoided", "commuting_emissions_avoided"
HOME, NET = "home_working_emissions_added", "net_emissions_avoided"
PER_FTE = "net_emissions_avoided_per_fte"
GROSS = "gross"  # no KPI: printing and commuting together, in the details of the net
# Nor these, of a council that has meters in its offices: they are no part of the net.
OFFICE, WITH_OFFICE = "office", "with_office"
WELL = "well_to_tank"  # nor this, of a council that asks for it
_TO_NET = (PRINTING, COMMUTING, GROSS, HOME, NET)
LINES = {
    PRINTING: "Avoided printing",
    COMMUTING: "Avoided commuting",
    GROSS: "Gross avoided",
    HOME: "Added home-working energy",
    NET: "Net avoided",
    OFFICE: "Avoided office energy",
    WITH_OFFICE: "Net with office energy",
    WELL: "Well to tank of commuting, not in the net",
}
_BESIDE = (GROSS, OFFICE, WITH_OFFICE, WELL)  # in the details of the net
_APART = {OFFICE: "office", WITH_OFFICE: "office", WELL: "well_to_tank"}  # and there, under this
_TO_KG = {NET: Decimal(1000)}  # the net is published in tonnes


@dataclass(frozen=True)
class Carbon:
    """What the register tells of the carbon of one period and directorate."""

    records: PackRecords
    period: str
    directorate: str = COUNCIL

    def record(self, line: str) -> FigureRecord | None:
        """A line's figure; of what stands beside the net, it is the net's."""
        if NET not in {definition.id for definition in self.records.definitions}:
            return None
        kpi = NET if line in _BESIDE else line
        return self.records.figures.get(kpi, self.period, self.directorate)

    @property
    def details(self) -> Mapping[str, Any]:
        """What the net rests on; empty if there is no net."""
        record = self.record(NET)
        return record.details if record else {}

    def told(self, line: str) -> Mapping[str, Any]:
        """What a line rests on; what is no part of the net, apart from what the net rests on."""
        record = self.record(line)
        details: Mapping[str, Any] = record.details if record else {}
        return details.get(_APART[line], {}) if line in _APART else details

    @property
    def is_metered(self) -> bool:
        """Whether the council has meters in its offices, though not of every period perhaps."""
        return bool(self.told(OFFICE))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines and their sums, in the order in which they are added."""
        metered = (OFFICE, WITH_OFFICE) if self.is_metered else ()
        return (*_TO_NET, *metered, *((WELL,) if self.told(WELL) else ()))

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps from gross to net; and on to the net with office energy, if that is known."""
        return (*_TO_NET, OFFICE, WITH_OFFICE) if self.amount(WITH_OFFICE) else _TO_NET

    def marker(self, line: str) -> str:
        """What stands in place of a line's number: [c], [x] or [z]; empty if it is known."""
        record = self.record(line)
        if record is None:
            return MISSING
        replaced = Shown(self.records.definition(record.kpi_id), record).replaced_by
        is_missing = line in _BESIDE and f"{line}_kg" not in self.told(line)
        return replaced or (MISSING if is_missing else "")

    def amount(self, line: str) -> Amount | None:
        """A line's estimate in kilograms, positive as the line counts; None if it is not known."""
        record = self.record(line)
        if record is None or self.marker(line):
            return None
        if line in _BESIDE:
            told = self.told(line)
            ends = (told[f"{line}{part}_kg"] for part in ("", "_lower", "_upper"))
            return Amount(*(Decimal(str(end)) for end in ends))
        return amount_of(record, _TO_KG.get(line, Decimal(1)))

    def is_too_small(self, line: str) -> bool:
        """Whether the home share moved by too little for the line to be estimated."""
        record = self.record(line)
        small = record is not None and "too_small_to_estimate" in record.flags
        return small and line != OFFICE  # which the home share does not move

    @property
    def clear_side(self) -> int:
        """1 of a net that is a clear saving, -1 of a clear increase, 0 of any other."""
        amount = self.amount(NET)
        is_told = not (self.partial or self.is_too_small(NET) or self.is_baseline)
        if amount is None or not is_told or not amount.has_interval or amount.holds_zero:
            return 0
        return 1 if amount.kg > 0 else -1

    @property
    def is_baseline(self) -> bool:
        """Whether the period is the baseline itself, which is compared with itself."""
        return bool(self.details.get("is_baseline"))

    @property
    def quarter(self) -> FinancialQuarter | None:
        """The quarter that the period is; None for four quarters together."""
        return None if self.period.endswith("-R12") else FinancialQuarter.parse(self.period)

    @property
    def census_home_share(self) -> str:
        """What stands in where no home days of the baseline are known, as a percentage; or none."""
        share = self.details.get("census_home_share")
        return f"{Decimal(share) * 100:.1f}%" if share else ""

    def cell(self, line: str) -> str:
        """A line with its interval as a table says it, or what stands in its place."""
        if self.is_too_small(line):
            return wording.TOO_SMALL
        amount = self.amount(line)
        if amount is None:
            return self.marker(line)
        return wording.and_partial(wording.in_cell(amount), self._lacking(line))

    def words(self, line: str = NET) -> str:
        """A line in a sentence's words."""
        if self.is_too_small(line):
            return wording.TOO_SMALL
        amount = self.amount(line)
        if amount is None:
            return REPLACED[self.marker(line)]
        if self.is_baseline:
            said = wording.BASELINE
        else:
            said = wording.added(amount) if line == HOME else wording.avoided(amount)
        return wording.and_partial(said, self._lacking(line))

    def _lacking(self, line: str) -> str:
        """What a line lacks, of all directorates or of some; empty if it has everything."""
        record = None if line in (OFFICE, WITH_OFFICE) else self.record(line)
        own = OWN.get(COMMUTING if line == WELL else line, ())
        return lacking(record.details, *own) if record else ""

    @property
    def chance(self) -> str:
        """The chance that the net is above zero; the marker if it, or all of the net, is not."""
        told = self.details.get("above_zero")
        amount = self.amount(NET)
        if amount is None or told is None or self.partial:
            return self.marker(NET) or MISSING
        if self.is_too_small(NET) or not amount.has_interval:
            return "[z]"
        return wording.chance(Decimal(str(told)))

    @property
    def above_zero(self) -> Decimal | None:
        """The chance that anything was avoided, from 0 to 1; None where none is told."""
        told = self.details.get("above_zero")
        return None if told is None or self.partial else Decimal(str(told))

    @property
    def years(self) -> str:
        """The publication years of the factors used."""
        return str(self.details.get("factor_year") or self.marker(NET) or MISSING)

    @property
    def newest_year(self) -> int:
        """The newest publication year of its factors; 0 if they are not known."""
        told = str(self.details.get("factor_year") or "0")
        return int(told.rpartition(", ")[2])

    @property
    def grade(self) -> str:
        """The weakest evidence that the net rests on."""
        told = self.details.get("grade")
        if not told:
            return self.marker(NET) or MISSING
        return wording.evidence(str(told)) + (
            ", of the lines that are known" if self.partial else ""
        )

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """Rows of the factor table that are missing, and the year used for each."""
        return tuple(str(each) for each in self.details.get("fallbacks", ()))

    @property
    def provisional_factors(self) -> tuple[str, ...]:
        """Factors whose set is not out yet."""
        return tuple(str(each) for each in self.details.get("provisional_factors", ()))

    @property
    def partial(self) -> str:
        """Which lines the net lacks; empty if it has all of them."""
        return lacking(self.details)

    @property
    def without_distance(self) -> str:
        """What stands in place of a distance: [c] if any directorate is withheld, else [x]."""
        nets = (f for f in self.records.figures.rows if (f.kpi_id, f.period) == (NET, self.period))
        return "[c]" if any(f.state == "suppressed" for f in nets) else MISSING

    def kilometres(self, name: str) -> Decimal | None:
        """A distance that the net's details hold."""
        told = self.details.get(name)
        return None if told is None else Decimal(str(told))


REPLACED = {
    "[x]": wording.NOT_KNOWN,
    "[z]": "nothing to measure",
    "[c]": "withheld to protect people",
    "[u]": wording.NOT_KNOWN,
}


def headline_of(records: PackRecords) -> Carbon:
    """The rolling four quarters; the quarter alone where they are not known."""
    rolling = Carbon(records, records.quarter.rolling_12.key)
    return rolling if rolling.amount(NET) else Carbon(records, str(records.quarter))


def span_of(carbon: Carbon) -> str:
    """The months of a period: July 2024 to June 2025."""
    return period_name(carbon.period)


def directorates_of(records: PackRecords) -> tuple[tuple[str, str], ...]:
    """The council, then its directorates by name: code and name."""
    named = {d.code: d.name for d in records.council.directorates_in(records.quarter.period)}
    ordered = sorted(named.items(), key=lambda pair: pair[1])
    return ((COUNCIL, "Whole council"), *ordered)
