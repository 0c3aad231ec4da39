import csv
import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from scorecard import sample
from scorecard.settings import INCLUDE

SIZE = {"staff": 120, "seed": 7, "start": "2025-04"}


def fingerprints(folder):
    """Every file below a folder, and the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """Three months of a small Exampleshire."""
    return sample.write(tmp_path_factory.mktemp("quarter"), months=3, **SIZE)


def test_a_quarter_has_every_extract_of_every_source(quarter):
    months, periods = ("2025-04", "2025-05", "2025-06"), ("P01", "P02", "P03")
    assert set(fingerprints(quarter.folder)) == {
        *(f"tickets/incident_{month}.csv" for month in months),
        "tickets/incident_2025-05_resent.csv",
        *(f"tickets/sc_req_item_{month}.csv" for month in months),
        *(f"budget/ledger_2025-26_{period}.xlsx" for period in periods),
        "budget/ledger_2025-26_P02_corrected.xlsx",
        *(f"budget/savings_2025-26_{period}.csv" for period in periods),
        *(f"printing/papercut-print-log-{month}.csv" for month in months),
        *(f"remote_working/InteractiveSignIns_{month}.csv" for month in months),
        *(f"remote_working/desk_bookings_{month}.csv" for month in months),
        *(f"remote_working/fortigate_vpn_{month}.log" for month in months),
        *(f"workforce/work_patterns_{month}.csv" for month in months),
        *(f"workforce/workforce_{month}.csv" for month in months),
        "workforce/travel_survey_2023.csv",
        "workforce/travel_survey_2025.csv",
    }


def test_the_same_seed_gives_the_same_bytes_in_another_process_and_time_zone(quarter, tmp_path):
    asked = f"Path({str(tmp_path)!r}), months=3, **{SIZE!r}"
    code = f"from pathlib import Path; from scorecard import sample; sample.write({asked})"
    elsewhere = {
        **os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "99", "PYTHONPATH": str(INCLUDE)
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", code], check=True, env=elsewhere)
    assert fingerprints(tmp_path) == fingerprints(quarter.folder)


def test_another_seed_gives_other_bytes(quarter, tmp_path):
    other = sample.write(tmp_path, months=1, **{**SIZE, "seed": 8})
    same = fingerprints(quarter.folder)
    assert all(same[name] != found for name, found in fingerprints(other.folder).items())


def test_a_month_does_not_depend_on_how_many_months_are_written(quarter, tmp_path):
    alone = sample.write(tmp_path, months=1, **{**SIZE, "start": "2025-06"})
    same = fingerprints(quarter.folder)
    found = fingerprints(alone.folder)
    assert found == {name: same[name] for name in found}
    assert len(found) == 12  # ten of the month, and the two travel surveys before it


def test_only_the_sources_asked_for_are_written(tmp_path):
    written = sample.write(tmp_path, months=1, only={"budget"}, **SIZE)
    assert {file.source for file in written.files} == {"budget"}
    assert [path.name for path in tmp_path.iterdir()] == ["budget"]


def test_a_correction_arrives_after_what_it_corrects_and_before_the_next_month(quarter):
    def arrival(name):
        return datetime.fromtimestamp((quarter.folder / name).stat().st_mtime, UTC)

    assert arrival("budget/ledger_2025-26_P02.xlsx") == datetime(2025, 6, 7, 5, tzinfo=UTC)
    for first, again, following in (
        ("tickets/incident_2025-05", "tickets/incident_2025-05_resent", "tickets/incident_2025-06"),
        ("printing/papercut-print-log-2025-04",) * 2 + ("printing/papercut-print-log-2025-05",),
    ):
        assert arrival(f"{first}.csv") <= arrival(f"{again}.csv") < arrival(f"{following}.csv")
    corrected = arrival("budget/ledger_2025-26_P02_corrected.xlsx")
    assert corrected < arrival("budget/ledger_2025-26_P03.xlsx")


def test_ten_times_the_scale_gives_ten_times_the_rows(tmp_path):
    size = {"months": 1, "staff": 800, "start": "2025-06"}
    once = sample.write(tmp_path / "once", **size)
    tenfold = sample.write(tmp_path / "tenfold", scale=10, **size)
    fixed = {"savings_2025-26_P03.csv", "workforce_2025-06.csv"}
    for small, large in zip(once.files, tenfold.files, strict=True):
        if small.path.name not in fixed:
            assert 9 < large.rows / small.rows < 11, small.path.name


def test_the_rows_told_are_the_rows_written(quarter):
    for file in quarter.files:
        if file.path.suffix == ".csv":
            encoding = "cp1252" if file.source == "printing" else "utf-8"
            with file.path.open(encoding=encoding, newline="") as text:
                above = 2 if file.source == "printing" else 1
                assert len(list(csv.reader(text))) - above == file.rows, file.path.name


def test_progress_is_told_after_every_file(tmp_path):
    told = []
    sample.write(
        tmp_path, months=1, only={"workforce"}, progress=lambda *step: told.append(step), **SIZE
    )
    assert [(done, of) for done, of, _ in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert told[0][2] == "workforce/work_patterns_2025-04.csv"


def test_nothing_is_older_than_the_systems(tmp_path):
    written = sample.write(tmp_path, months=1, staff=120)
    for file in written.files:
        if file.path.suffix == ".csv":
            assert b"2023-03-" not in file.path.read_bytes(), file.path.name
            assert file.planted.get("late_row", 0) == 0, file.path.name
    with pytest.raises(sample.ImpossibleSample, match=r"--first 2018-03: .* Give 2018-04"):
        sample.write(tmp_path, start="2018-03")


def test_a_month_of_the_strategy_is_the_same_whether_or_not_the_years_before_it_are_written(
    tmp_path,
):
    """And the older desk's numbers are its own: no ticket comes to stand for another."""
    size = {"staff": 60, "only": {"tickets", "workforce"}}
    early = sample.write(tmp_path / "early", months=3, start="2023-03", **size)
    usual = sample.write(tmp_path / "usual", months=2, **size)

    found = fingerprints(early.folder)
    assert found.items() >= fingerprints(usual.folder).items()
    older = set(found) - set(fingerprints(usual.folder))
    assert {name.partition("_2023-03")[2] for name in older} == {".csv"}
    numbers = [
        {row["number"] for row in csv.DictReader(file.open(encoding="utf-8-sig"))}
        for file in sorted(early.folder.glob("tickets/incident_*.csv"))
    ]
    assert len(numbers) == 3
    assert numbers[0].isdisjoint(numbers[1] | numbers[2])


def test_a_council_of_nobody_cannot_be_invented(tmp_path):
    with pytest.raises(sample.ImpossibleSample, match=r"--staff 5: too small\. Give 10 or more\."):
        sample.write(tmp_path, staff=5)
