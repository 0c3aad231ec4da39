"""What must agree among the council's decisions: targets, owners and directorates."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from scorecard.decision_checks import repeated
from scorecard.decisions import Directorate, Owner, Target
from scorecard.strict import WrongDefinition


def check_targets_of(targets: Iterable[Target], codes: Collection[str]) -> None:
    """Refuse a target of a directorate that does not exist: nothing would be rated by it."""
    for number, target in enumerate(targets, start=2):
        if target.directorate not in (*codes, "*", "COUNCIL"):
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi}: directorate '{target.directorate}' is "
                f"unknown. Use *, COUNCIL or one of {', '.join(sorted(codes))}."
            )


def check_rules(targets: Iterable[Target], better: Mapping[str, str]) -> None:
    """Refuse a floor that no value can miss and reach; `better` is the way each KPI should go."""
    for number, target in enumerate(targets, start=2):
        if target.rule != "floor_standard" or target.target is None or target.floor is None:
            continue
        apart = target.target - target.floor
        way = better.get(target.kpi, "higher")
        if way == "band" or (apart < 0 if way == "higher" else apart > 0):
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi}: a floor of {target.floor} cannot stand "
                f"behind a target of {target.target} where better is {way}. Correct one of them."
            )


def check_owners(owners: Iterable[Owner], begins: Mapping[str, date]) -> None:
    """Refuse a KPI that nobody answers for on a day; `begins` is the first day it is asked for."""
    rows = list(owners)
    for kpi, first in sorted(begins.items()):
        if not any(row.kpi == kpi and row.effective_from <= first for row in rows):
            raise WrongDefinition(
                f"owners.csv: {kpi} has a figure for the period to {first} and nobody owns it "
                f"then. Add a row for {kpi} whose effective_from is {first} or earlier."
            )


def check_one_owner(owners: Iterable[Owner]) -> None:
    """Refuse two rows of a KPI from the same day: either could answer."""
    for number, row in repeated(owners, lambda o: (o.kpi, o.effective_from, o.decided_on), first=2):
        raise WrongDefinition(
            f"owners.csv, row {number}: {row.kpi} has an owner from {row.effective_from} "
            "already. Keep one of the rows."
        )


def check_successors(directorates: Iterable[Directorate]) -> None:
    """Refuse a successor that does not exist, or of a directorate that does not end."""
    rows = list(directorates)
    for number, row in enumerate(rows, start=2):
        for code in row.succeeded_by:
            problem = _successor_problem(row, code, rows)
            if problem:
                raise WrongDefinition(f"directorates.csv, row {number}: {row.code}: {problem}")


def _successor_problem(row: Directorate, code: str, rows: Iterable[Directorate]) -> str:
    if row.effective_to is None:
        return f"succeeded by {code}, but it does not end. Fill in effective_to."
    if code == row.code:
        return "succeeds itself. A change of name alone is a new row of the same code."
    after = row.effective_to + timedelta(days=1)
    if not any(d.code == code and d.effective_from <= after <= d.last_day for d in rows):
        return f"succeeded by {code}, which does not exist on {after}. Add it, or correct the code."
    return ""
