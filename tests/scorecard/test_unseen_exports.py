"""Exports that nobody here has seen are read by a mapping of a few lines, without any code."""

from datetime import UTC, datetime

import pytest

from scorecard.trial import try_file

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
OTHERS = {
    "ledger": "service project_code funding_source capital_flag original_budget profiled_ytd "
    "commitments forecast_outturn as_at control_total",
    "presence_events": "minutes network site directorate",
}
LEDGER = (
    f"Budget monitoring,as at June\n\nDirectorate,CC,Detail code,Type,Budget,{','.join(MONTHS)}\n"
    + "".join(
        f'{place},0{n},4000,{kind},"12,000","1,000.50",-,"(20.25)",{",".join("-" * 9)}\n'
        for n, (place, kind) in enumerate([("Place", "Exp"), ("Housing", "Inc"), ("Adults", "Exp")])
    )
    + 'Grand Total,,,,"36,000","3,001.50",-,(60.75),'
    + ",".join("-" * 9)
    + "\n"
)
WIDE = f"""
key: [fin_year, period_no, cost_centre, subjective]
month_from: [fin_year, period_no]
meets: whole_month
file: {{banner_rows: 2}}
unpivot: {{name: Period, last: 12}}
also: {{{", ".join(f"A{n:02d}: [{month}]" for n, month in enumerate(MONTHS, start=1))}}}
set_aside: [{{rule: total, heading: Directorate, in: [Grand Total], why: It adds up the others.}}]
columns:
  fin_year: {{constant: 2025-26}}
  period_no: {{from: [Period]}}
  cost_centre: {{from: [CC]}}
  subjective: {{from: [Detail code]}}
  income_flag: {{from: [Type], values: {{Exp: false, Inc: true}}}}
  revised_budget: {{from: [Budget], numbers: [thousands]}}
  actual_ytd:
    running_sum: {{headings: "A{{}}", through: Period}}
    numbers: [thousands, brackets]
    zeros: ["-"]
  forecast_version: {{constant: none}}
  directorate: {{from: [Directorate], lookup: directorates}}
reconcile: actual_ytd
"""
BOOKINGS = "Ref,Booked by,Day,From,To,No show,Cancelled on\n" + "".join(
    f"{n},u{n},0{n}/06/25,{start},5:00 PM,{missed},{cancelled}\n"
    for n, start, missed, cancelled in (
        (1, "9:00 AM", "N", ""), (2, "12:30 PM", "Y", "-"), (3, "9:00 AM", "N", "02/06/25"),
    )
)  # fmt: skip
DESKS = """
key: [source_key]
month_from: [event_at]
meets: by_key
moments: {format: ["%d/%m/%y %I:%M %p"], zone: Europe/London}
set_aside:
  - {rule: cancelled, heading: Cancelled on, filled: true, not_in: ["-"], why: It was cancelled.}
columns:
  source_key: {from: [Ref]}
  event_at: {join: [Day, From], joined_by: space}
  ended_at: {join: [Day, To], joined_by: space}
  person_pseud: {from: [Booked by]}
  evidence: {constant: desk}
  outcome: {from: [No show], values: {"Y": no_show, "N": checked_in}}
"""


@pytest.fixture
def tried(tmp_path, limits):
    """What becomes of an export by a mapping, if it is received early in July 2025."""

    def ask(table, export, mapping):
        path, using = tmp_path / "export.csv", tmp_path / "unseen.yaml"
        path.write_text(export)
        others = "".join(
            f"  {name}: The export does not say so.\n" for name in OTHERS[table].split()
        )
        head = (
            f"system: unseen\nproduct: invented\ntable: {table}\nversion: 1\ngrain: one row each\n"
        )
        using.write_text(f"{head}{mapping}cannot_map:\n{others}")
        assert len(using.read_text().splitlines()) <= 40
        return try_file(path, limits, datetime(2025, 7, 4, 8, tzinfo=UTC), using=using)

    return ask


def test_a_ledger_with_a_column_for_each_month_by_name_gives_the_months_that_have_begun(tried):
    told = tried("ledger", LEDGER, WIDE)
    assert told["refusals"] == []
    assert told["by_rule"] == {"total": 1}
    months = [f"2025-0{month}" for month in (4, 5, 6, 7)]
    assert told["months"] == dict.fromkeys(months, 3)
    assert told["amounts"]["accepted"] == "11884.50"  # of each row 1,000.50 twice, 980.25 twice


def test_bookings_with_their_day_and_times_apart_are_read_and_the_cancelled_set_aside(tried):
    told = tried("presence_events", BOOKINGS, DESKS)
    assert (told["refusals"], told["by_rule"]) == ([], {"cancelled": 1})
    assert told["months"] == {"2025-06": 2}
