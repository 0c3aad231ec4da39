"""What figures rest on beside the extracts: each assumption with its value, source and ratings."""

from dataclasses import dataclass
from pathlib import Path

from scorecard import strict
from scorecard.carbon import factor_file
from scorecard.carbon.factors import FactorSets
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

FILE = INCLUDE / "reference" / "assumptions.csv"
CARBON = "Carbon"
RATINGS = ("red", "amber", "green")


@dataclass(frozen=True)
class Assumption:
    """One assumption: how well it is known, and how far a figure would move if it were wrong."""

    section: str  # of which figures
    assumption: str
    quality: str  # green: measured or official; amber: a fair guess; red: weak
    impact: str  # red: the message of a figure could change
    source: str
    value: str = ""  # of an estimate's assumption; of others the sentence says it
    defaults: tuple[str, ...] = ()  # where the carbon package has it: lines.Policy.kept=0


def read(path: Path = FILE) -> tuple[Assumption, ...]:
    """Every assumption in the file's order; WrongDefinition names a rating that is none."""
    found = strict.rows_of(path, Assumption)
    for row, each in enumerate(found, start=2):
        for name, rating in (("quality", each.quality), ("impact", each.impact)):
            if rating not in RATINGS:
                raise WrongDefinition(
                    f"{path.name}, row {row}: {name} '{rating}' is no rating. "
                    f"Write {', '.join(RATINGS[:-1])} or {RATINGS[-1]}."
                )
        if each.section == CARBON and not each.value:
            raise WrongDefinition(
                f"{path.name}, row {row}: value is missing. Write what the carbon estimate "
                "assumes, with its unit."
            )
    return found


@dataclass(frozen=True)
class Break:
    """What changed in the official factors of a year, to be marked on a trend."""

    publication_year: int
    what: str
    rows: tuple[str, ...] = ()  # the factors that moved further than a reader of the file believes


def breaks(path: Path = FILE.parent / "factor_breaks.csv") -> tuple[Break, ...]:
    """The breaks of the official factors, oldest first."""
    return tuple(sorted(strict.rows_of(path, Break), key=lambda each: each.publication_year))


def factor_sets(folder: Path = FILE.parent) -> FactorSets:
    """The official factors of every year; FactorError names a row that cannot be believed."""
    known = breaks(folder / "factor_breaks.csv")
    explained = {(each.publication_year, row) for each in known for row in each.rows}
    text = (folder / "ghg_factors.csv").read_text(encoding="utf-8")
    return factor_file.read(text, explained)


def of_carbon(every: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """Those of the carbon estimates, which the pack prints."""
    return tuple(each for each in every if each.section == CARBON)
