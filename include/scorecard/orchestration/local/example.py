"""Exampleshire: the invented council whose extracts fill an inbox that has none."""

import json
import subprocess
import sys
from pathlib import Path

from scorecard import council, settings
from scorecard.orchestration.local.home import Home
from scorecard.period import FinancialQuarter, Month

FIRST = Month(2023, 4)
QUARTER = FinancialQuarter(2025, 1)
_STAFF = 3000
_COUNCIL = "Exampleshire Council"


class CannotInvent(RuntimeError):
    """Exampleshire's extracts could not be written."""


def is_wanted(home: Home) -> bool:
    """Whether the inbox holds Exampleshire's extracts, or nothing at all for Exampleshire.

    Nothing is invented for another council, nor beside what a system is asked for.
    """
    if _note(home).exists():
        return True
    decided = council.read(home.settings.council)
    is_fed_by_files = all(feed.connector == "folder" for feed in decided.feeds.values())
    is_ours = decided.settled.name == _COUNCIL and is_fed_by_files
    return is_ours and not any(_extracts(home.settings.inbox))


def reaches(home: Home, quarter: FinancialQuarter) -> bool:
    """Whether the extracts that were written go to the end of a quarter."""
    return _note(home).exists() and _written(home) >= _months_to(quarter)


def start(home: Home, quarter: FinancialQuarter, staff: int = _STAFF) -> "subprocess.Popen[str]":
    """Begin to write Exampleshire's extracts up to a quarter, in a process of its own."""
    months = max(_months_to(quarter), _months_to(QUARTER))
    arguments = ["--months", str(months), "--staff", str(staff), "--out", str(home.settings.inbox)]
    if not _note(home).exists():
        _write_note(home, 0)  # half-written extracts are Exampleshire's too
    return subprocess.Popen(
        [sys.executable, "-m", "scorecard.cli", "sample", *arguments],
        cwd=settings.REPOSITORY, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(home: Home, quarter: FinancialQuarter, process: "subprocess.Popen[str]") -> None:
    """Wait until the extracts are written."""
    _, said = process.communicate()
    if process.returncode != 0:
        raise CannotInvent(
            f"{home.settings.inbox}: Exampleshire's extracts could not be written: "
            f"{said.strip().splitlines()[-1] if said.strip() else 'no reason was given.'} "
            "Make room on the disk, delete the folder, and run the same command again."
        )
    months = max(_months_to(quarter), _months_to(QUARTER))
    _write_note(home, months)


def _months_to(quarter: FinancialQuarter) -> int:
    last = quarter.months[-1]
    return (last.year - FIRST.year) * 12 + last.number - FIRST.number + 1


def _note(home: Home) -> Path:
    return home.settings.home / "exampleshire.json"


def _write_note(home: Home, months: int) -> None:
    _note(home).write_text(json.dumps({"months": months}))


def _written(home: Home) -> int:
    return int(json.loads(_note(home).read_text())["months"])


def _extracts(inbox: Path) -> list[Path]:
    return [path for path in inbox.rglob("*") if path.is_file()]
