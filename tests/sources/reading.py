"""One file after the other through the real reading code, at one bench."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from scorecard import lookups
from scorecard.admission import Refused
from scorecard.intake import Arrived, stage
from scorecard.judge import judge
from scorecard.looking_up import resolved
from scorecard.lots import good_rows
from scorecard.pseudonym import pseudonym
from scorecard.workbench import workbench

FOLDER = Path(__file__).parent
KEY = b"k" * 32
NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
PEOPLE = ("jsmith", "akhan", "mjones", "rpatel")
PSEUDONYMS = {pseudonym(name, KEY): name for name in PEOPLE}


@dataclass(frozen=True)
class Told:
    """What became of a file."""

    system: str | None
    refusal: str | None
    received: int = 0
    rows: tuple[dict, ...] = ()  # accepted, with _row
    aside: tuple[tuple[int, str, str], ...] = ()  # row, rule, why

    @property
    def by_rule(self):
        """How many rows each rule set aside."""
        found = {}
        for _, rule, _ in self.aside:
            found[rule] = found.get(rule, 0) + 1
        return found

    def as_written(self, columns):
        """Every row in the file's order, as texts."""
        named = [name for name in columns if name not in ("row", "rule")]
        good = [
            {"row": str(r["_row"]), "rule": "", **{n: _text(r.get(n)) for n in named}}
            for r in self.rows
        ]
        bad = [
            {"row": str(row), "rule": rule, **dict.fromkeys(named, "")}
            for row, rule, _ in self.aside
        ]
        return sorted([*good, *bad], key=lambda row: int(row["row"]))


def _text(value):
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else PSEUDONYMS.get(value, str(value))


class Reader:
    """A bench at which files are read, each forgotten before the next."""

    def __init__(self, bench):
        self.bench, self.n = bench, 0

    def read(self, path, received=NOW, wanted=None):
        """What would become of a file; what it leaves in memory is given back."""
        self.n += 1
        connection = self.bench.connection
        try:
            file = stage(self.bench, self.n, Arrived(path, path.name, received), wanted)
            (judged,) = judge(connection, [file])
            return self._told(file, judged)
        except Refused as refusal:
            return Told(None, str(refusal))
        finally:
            for kind in ("view if exists mapped", "table if exists rows", "table if exists aside"):
                connection.execute(f"drop {kind}_{self.n}")

    def _told(self, file, judged):
        connection = self.bench.connection
        aside = connection.execute(
            f"select row, rule, why from aside_{file.n} order by row, rule"
        ).fetchall()
        refusal = str(judged.refusal) if judged.refusal else None
        if refusal:
            return Told(file.mapping.system, refusal, file.rows_received, (), tuple(aside))
        period = ", period_no" if "period_no" in file.mapping.columns else ""
        good = resolved(good_rows(file.n), file.mapping)
        found = connection.execute(f"select * from ({good}) order by _row, _month{period}")
        names = [column[0] for column in found.description]
        rows = tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
        return Told(file.mapping.system, None, file.rows_received, rows, tuple(aside))


def opened(settings, hash_key=KEY):
    """A bench for a session's files."""
    return workbench(settings, lookups.read(settings.council, hash_key))


def sample_of(system):
    """The sample of a system."""
    (found,) = (p for p in FOLDER.glob(f"{system}.*") if not p.name.endswith(".expected.csv"))
    return found
