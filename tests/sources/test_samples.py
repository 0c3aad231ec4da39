"""Every mapping's sample, and the rows that it must become: the whole result, in the file's order.

`<system>.<what it is>` is a small invented file in the system's own form, `<system>.expected.csv`
what is made of it: a row for each row of the file, with the columns that the mapping fills or the
rule that sets the row aside. Persons are written by the name that their pseudonym stands for.
"""

import csv

import pytest
from reading import FOLDER, Reader, sample_of

from scorecard.mapping import load_all
from scorecard.settings import INCLUDE
from scorecard.workbench import SOURCES

SAMPLES = sorted(path.name.removesuffix(".expected.csv") for path in FOLDER.glob("*.expected.csv"))


@pytest.mark.parametrize("system", SAMPLES)
def test_a_sample_becomes_the_rows_that_are_expected(system, reader: Reader):
    with (FOLDER / f"{system}.expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    told = reader.read(sample_of(system))

    assert (told.system, told.refusal) == (system, None)
    assert told.as_written(list(expected[0])) == expected


def test_every_mapping_that_this_repository_ships_has_a_sample_or_a_test_of_its_own():
    elsewhere = {
        "desk_bookings", "entra_sign_ins", "fortigate_vpn", "ledger_by_period",
        "papercut_print_logger", "savings_register", "servicenow_event_log", "servicenow_incident",
        "servicenow_request", "spend_gla", "spend_harrogate", "spend_leeds", "spend_wakefield",
        "travel_survey_template", "work_patterns", "workforce_template",
    }  # fmt: skip
    # What a database is asked for is tried on databases.
    elsewhere |= {path.stem for path in (INCLUDE / "sql" / "extract").glob("*.sql")}

    assert set(load_all(SOURCES)) - elsewhere == set(SAMPLES) - elsewhere
