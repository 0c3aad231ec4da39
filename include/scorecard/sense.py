"""Sense tests: targets and figures that a person should look at again before a pack is believed.

Nothing is corrected and no figure changes. The tests read only figures that the pack shows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorecard.council import COUNCIL, Council
from scorecard.kpis import KpiDefinition
from scorecard.packs.records import FigureRecord, Figures
from scorecard.period import FinancialQuarter
from scorecard.sense_tests import OF_TARGETS, TESTS, Seen
from scorecard.states import SHOWN
from scorecard.tolerances import Sense

Shown = Mapping[tuple[str, str], Mapping[str, FigureRecord]]  # KPI and directorate, then period


@dataclass(frozen=True)
class Hit:
    """One thing to look at: which test, what it found, what to check, who."""

    kpi_id: str
    directorate: str
    test: str
    found: str
    check: str
    owner: str


def hits(
    figures: Figures,
    definitions: Sequence[KpiDefinition],
    decided: Council,
    quarter: FinancialQuarter,
) -> Iterator[Hit]:
    """What every test finds: the council's hits, then those of directorates that it has not."""
    shown = _shown(figures)
    codes = [d.code for d in decided.directorates_in(quarter.period)]
    for definition in definitions:
        owner = decided.owner_of(definition.id, quarter.period)
        role = owner.owner if owner else "No owner is named"
        of_council: set[str] = set()
        # Of a KPI that counts people nothing is told that no table of the pack shows.
        for directorate in (COUNCIL, *([] if definition.people else codes)):
            seen = _seen(shown, definition, decided, quarter, directorate)
            for name, found in _found(seen, directorate, decided.settled.sense):
                if name not in of_council:
                    yield Hit(definition.id, directorate, name, found, TESTS[name][1], role)
                if directorate == COUNCIL:
                    of_council.add(name)


def _found(seen: Seen, directorate: str, sense: Sense) -> Iterator[tuple[str, str]]:
    """The tests that found something, and what."""
    is_own = directorate == COUNCIL or (
        seen.decided is not None and seen.decided.directorate == directorate
    )
    for name, (test, _) in TESTS.items():
        found = test(seen, sense) if is_own or name not in OF_TARGETS else ""
        if found:
            yield name, found


def _shown(figures: Figures) -> Shown:
    """Every figure whose number is shown, by KPI and directorate, then by period."""
    found: dict[tuple[str, str], dict[str, FigureRecord]] = defaultdict(dict)
    for record in figures.newest():
        if record.state in SHOWN and "small_numbers" not in record.flags:
            found[record.kpi_id, record.directorate][record.period] = record
    return found


def _seen(
    shown: Shown,
    definition: KpiDefinition,
    decided: Council,
    quarter: FinancialQuarter,
    directorate: str,
) -> Seen:
    mine = shown.get((definition.id, directorate), {})
    last = str(quarter.months[-1])
    months = [f for f in mine.values() if f.period_kind == "month" and f.period <= last]
    return Seen(
        definition,
        decided.target_for(definition.id, directorate, quarter.period),
        mine.get(str(quarter)),
        mine.get(str(quarter.shifted(-4))),
        sorted(months, key=lambda month: month.period),
    )
