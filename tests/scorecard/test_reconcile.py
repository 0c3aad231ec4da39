"""Measured rows become figures: states, colours, directions, and the checks that stop a draft."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from scorecard import reconcile
from scorecard.gate import DoesNotReconcile
from scorecard.period import Month
from scorecard.register.figures import UnknownMeasurement
from scorecard.register.models import (
    AcceptedFile,
    ActivityRow,
    Extract,
    Figure,
    Measured,
    Measurement,
    MeasurementInput,
)
from scorecard.strict import WrongDefinition

Q = "2025-26-Q1"
MONTHS = ("2025-04", "2025-05", "2025-06")
AS_AT = datetime(2025, 7, 21, tzinfo=UTC)
INCIDENTS = "incidents_resolved_within_sla"


@pytest.fixture
def measurement(register):
    """Write a measurement: its measured rows, and the extracts that it rests on."""

    class Writer:
        def __init__(self):
            self.extracts = 0
            with register.begin() as connection:
                connection.execute(
                    insert(Measurement).values(
                        id="m", quarter=Q, as_at=AS_AT, measured_at=AS_AT, identity={}
                    )
                )

        def arrived(self, table, months, system="example", received_at=None, rows=None):
            """One extract per month; or with `rows`, one extract of these rows of these months."""
            batches = (
                [tuple(zip(months, rows, strict=True))] if rows else [((m, 100),) for m in months]
            )
            for batch in batches:
                self.extracts += 1
                last = Month.parse(max(month for month, _ in batch))
                with register.begin() as connection:
                    extract = connection.execute(
                        insert(Extract)
                        .values(
                            source="s", sha256=str(self.extracts), file_name="f", bytes=1,
                            received_at=received_at or last.ends_at, state="accepted",
                            table=table, system=system,
                        )
                        .returning(Extract.id)
                    ).scalar_one()  # fmt: skip
                    connection.execute(
                        insert(AcceptedFile),
                        [
                            {"extract_id": extract, "table": table, "month": month, "rows": count,
                             "object_id": "o", "sha256": f"{extract} {month}"}
                            for month, count in batch
                        ],
                    )  # fmt: skip
                    connection.execute(
                        insert(MeasurementInput).values(measurement_id="m", extract_id=extract)
                    )
            return self

        def measured(self, kpi, table):
            """Rows written `period directorate numerator denominator`; `-` is not known."""
            rows = [line.split() for line in table.strip().splitlines()]
            with register.begin() as connection:
                for period, directorate, *numbers in rows:
                    above, below = (None if n == "-" else Decimal(n) for n in numbers)
                    connection.execute(
                        insert(Measured).values(
                            measurement_id="m", kpi_id=kpi, version=1, period=period,
                            directorate=directorate, numerator=above, denominator=below,
                        )
                    )  # fmt: skip
            return self

        def people(self, months, **sizes):
            """How many staff each directorate has in every one of the months."""
            rows = [
                {"month": month, "directorate": directorate, "staff": n, "remote_staff": n}
                for month in months
                for directorate, n in sizes.items()
            ]
            with register.begin() as connection:
                connection.execute(
                    insert(ActivityRow),
                    [
                        {"measurement_id": "m", "table": "people", "position": n, "row": row}
                        for n, row in enumerate(rows)
                    ],
                )
            return self

    return Writer()


@pytest.fixture
def figures(stores):
    """Reconcile, and ask for figures of one KPI by period and directorate."""

    def ask(kpi, *columns, period=Q, directorate=None):
        reconcile.run(stores, "m")
        chosen = (
            select(Figure.directorate, *(getattr(Figure, name) for name in columns))
            .where(Figure.kpi_id == kpi, Figure.period == period)
            .order_by(Figure.directorate)
        )
        if directorate:
            chosen = chosen.where(Figure.directorate == directorate)
        with stores.register.connect() as connection:
            rows = [tuple(row) for row in connection.execute(chosen)]
        return rows[0][1:] if directorate else rows

    return ask


EVERYONE = """
2025-26-Q1  ASC  90  100
2025-26-Q1  CYP  86  100
2025-26-Q1  PLA  84  100
2025-26-Q1  HOU   0    0
2025-26-Q1  RES   3    7
2025-26-Q1  UNKNOWN  2  20
2025-26-Q1  COUNCIL  265  327
2025-26-Q1  CEX  0  0
"""


def test_every_directorate_has_a_row_with_value_state_and_colour(measurement, figures):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)

    seen = figures(INCIDENTS, "value", "state", "rag", "flags", "target")

    assert [(row[0], str(row[1]), *row[2:4], row[4]) for row in seen] == [
        ("ASC", "90.0", "final", "green", []),
        ("CEX", "None", "not_applicable", "not_rated", []),
        ("COUNCIL", "81.0", "final", "red", []),
        ("CYP", "86.0", "final", "amber", []),
        ("HOU", "None", "not_applicable", "not_rated", []),
        ("PLA", "84.0", "final", "red", []),
        ("RES", "42.9", "final", "not_rated", ["small_numbers"]),
        ("UNKNOWN", "10.0", "final", "red", []),
    ]
    assert {row[5] for row in seen} == {Decimal(90)}


def test_a_feed_that_sent_nothing_is_awaited_and_never_zero(measurement, figures):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)
    measurement.arrived("staff", ("2024-04",))

    seen = figures("pages_printed", "value", "numerator", "state", "rag", "why")

    assert len(seen) == 7
    assert {row[1:5] for row in seen} == {(None, None, "awaiting", "not_rated")}
    assert seen[0][5] == (
        "printing, print_jobs: nothing has been accepted for 2025-04, 2025-05, 2025-06. "
        "Head of ICT Infrastructure sends it."
    )


def test_a_month_that_is_missing_makes_the_quarter_provisional(measurement, figures):
    measurement.arrived("tickets", MONTHS[:2]).measured(INCIDENTS, EVERYONE)

    assert figures(INCIDENTS, "state", "why", directorate="ASC") == (
        "provisional",
        "tickets: incomplete without example 2025-06. Head of ICT Service Delivery sends it.",
    )
    assert figures(INCIDENTS, "state", period="2025-06", directorate="ASC") == ("awaiting",)


def test_late_rows_of_a_month_are_not_its_extract(measurement, figures):
    measurement.arrived("tickets", ("2025-04",))
    measurement.arrived("tickets", ("2025-05", "2025-06"), rows=(3, 100))
    measurement.measured(INCIDENTS, EVERYONE)

    assert figures(INCIDENTS, "state", period="2025-05", directorate="ASC") == ("awaiting",)


def test_a_system_that_stops_sending_makes_its_table_incomplete(measurement, figures):
    measurement.arrived("tickets", MONTHS, "incidents").arrived("tickets", MONTHS[:1], "requests")
    measurement.measured(INCIDENTS, EVERYONE)

    state, why = figures(INCIDENTS, "state", "why", directorate="COUNCIL")

    assert state == "provisional"
    assert "incomplete without requests 2025-05, requests 2025-06." in why


def test_an_extract_received_before_its_month_was_over_is_provisional(measurement, figures):
    measurement.arrived("tickets", MONTHS[:2])
    measurement.arrived("tickets", MONTHS[2:], received_at=datetime(2025, 6, 20, tzinfo=UTC))
    measurement.measured(INCIDENTS, EVERYONE)

    state, why = figures(INCIDENTS, "state", "why", directorate="COUNCIL")

    assert state == "provisional"
    assert "2025-06 (received before the month was over)" in why


def test_a_directorate_without_any_row_makes_everyone_provisional(measurement, figures):
    without_cex = EVERYONE.replace("2025-26-Q1  CEX  0  0", "")
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, without_cex)

    seen = {row[0]: row[1:] for row in figures(INCIDENTS, "state", "why")}

    assert seen["CEX"] == ("awaiting", "tickets: there is no row of CEX.")
    assert seen["COUNCIL"] == (
        "provisional",
        "tickets of 2025-26-Q1: there is no row of CEX. Head of ICT Service Delivery sends it.",
    )


def test_what_is_reckoned_from_something_unknown_is_awaited(measurement, figures):
    measurement.arrived("print_jobs", MONTHS)
    measurement.measured("pages_printed", "2025-26-Q1 COUNCIL - 1")

    assert figures("pages_printed", "value", "state", directorate="COUNCIL") == (None, "awaiting")


def test_a_count_of_a_directorate_with_no_case_is_a_real_zero(measurement, figures):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)
    measurement.measured("open_tickets", "2025-26-Q1 ASC 5 1\n2025-26-Q1 COUNCIL 5 1")

    seen = figures("open_tickets", "value", "state", "rag_basis")

    assert [(d, int(v), state) for d, v, state, _ in seen if d in ("ASC", "CEX", "COUNCIL")] == [
        ("ASC", 5, "final"),
        ("CEX", 0, "final"),
        ("COUNCIL", 5, "final"),
    ]
    assert seen[0][3] == "Judged by statistical process control, not against a target"


def test_scores_of_a_few_people_are_withheld(measurement, figures):
    answers = {"ASC": 9, "CYP": 10, "PLA": 20, "HOU": 20, "RES": 20, "CEX": 20, "COUNCIL": 99}
    everyone = "\n".join(
        f"{period} {d} {n * 80} {n}"
        for period in ("2025-04", "2025-26-Q1", "2025-26-Q1-YTD")
        for d, n in answers.items()
    )
    measurement.arrived("tickets", MONTHS)
    measurement.measured("user_satisfaction", everyone)

    asked = ("value", "numerator", "denominator", "state", "rag")
    assert figures("user_satisfaction", *asked, directorate="ASC") == (
        *(None, None, None),
        *("suppressed", "not_rated"),
    )
    seen = figures("user_satisfaction", "state", "why")
    assert [row[0] for row in seen if row[1] == "suppressed"] == ["ASC", "CYP"]  # or 99 - 90 is ASC
    assert len({row[2] for row in seen if row[1] == "suppressed"}) == 1  # which of them is not said
    assert figures("user_satisfaction", "value", "state", directorate="PLA") == (80, "final")


def test_a_figure_is_compared_under_the_target_of_its_own_period(measurement, figures):
    measurement.arrived("staff", ("2024-04",))
    measurement.measured(
        "pages_printed_duplex", "2024-25-Q4 COUNCIL 66 100\n2025-26-Q1 COUNCIL 66 100"
    )
    measurement.arrived("print_jobs", ("2025-01", "2025-02", "2025-03", *MONTHS))

    def asked(period):
        return figures(
            "pages_printed_duplex", "target", "rag", period=period, directorate="COUNCIL"
        )

    assert [asked("2024-25-Q4"), asked(Q)] == [(65, "green"), (70, "amber")]


NOW = """
pages_printed                 540000   1
printing_emissions_avoided    351000   22400
commute_trips_avoided         10304    22400
commuting_emissions_avoided   0        22400
home_working_emissions_added  74       10
net_emissions_avoided         1200     3
remote_evidence_coverage      90       100
"""
THEN = """
pages_printed                 912000   1
printing_emissions_avoided    729600   21280
commute_trips_avoided         1276.8   21280
commuting_emissions_avoided   0        21280
home_working_emissions_added  74       10
net_emissions_avoided         1140     3
remote_evidence_coverage      90       100
"""
BASELINE_MONTHS = ("2023-04", "2023-05", "2023-06")


@pytest.fixture
def carbon(measurement, figures):
    """Print, staff and sign-ins of the quarter and its baseline, for one directorate."""

    def ask(*columns, now=NOW, tables=("print_jobs", "presence_events", "staff", "workforce")):
        for table in tables:
            measurement.arrived(table, (*BASELINE_MONTHS, *MONTHS))
        measurement.people((*BASELINE_MONTHS, *MONTHS), ASC=400, COUNCIL=400)
        for period, activity in (("2023-24-Q1", THEN), (Q, now)):
            for line in activity.strip().splitlines():
                kpi, above, below = line.split()
                rows = f"{period} ASC {above} {below}\n{period} COUNCIL {above} {below}"
                measurement.measured(kpi, rows)
        return {
            kpi: figures(kpi, *columns, directorate="COUNCIL")
            for kpi in (
                "printing_emissions_avoided",
                "commuting_emissions_avoided",
                "home_working_emissions_added",
                "net_emissions_avoided",
            )
        }

    return ask


def test_the_carbon_lines_are_those_of_the_methods_worked_example(carbon):
    seen = carbon("value", "flags", "rag", "details")

    assert [str(figure[0]) for figure in seen.values()] == ["2891", "30823", "22131", "11.6"]
    assert {kpi: figure[1] for kpi, figure in seen.items()} == {
        "printing_emissions_avoided": ["estimated"],
        "commuting_emissions_avoided": ["estimated"],
        "home_working_emissions_added": ["estimated"],
        "net_emissions_avoided": ["estimated", "indistinguishable_from_zero"],
    }
    assert {figure[2] for figure in seen.values()} == {"not_rated"}
    assert {figure[3]["factor_year"] for figure in seen.values()} == {"2025"}


def test_a_net_without_one_of_its_lines_is_partial_and_provisional(carbon):
    tables = ("presence_events", "staff", "workforce")
    seen = carbon("value", "state", "flags", now=NOW, tables=tables)

    assert seen["printing_emissions_avoided"] == (None, "awaiting", ["estimated"])
    assert (str(seen["net_emissions_avoided"][0]), *seen["net_emissions_avoided"][1:]) == (
        "8.7",
        "provisional",
        ["estimated", "partial", "indistinguishable_from_zero"],
    )


def test_each_carbon_figure_has_its_interval_and_a_net_that_may_be_none_no_arrow(carbon):
    seen = carbon("numerator", "lower", "upper", "direction")

    for central, lower, upper, _ in seen.values():
        assert lower < central < upper
    assert seen["net_emissions_avoided"][3] == "not_comparable"


def test_a_rolling_year_with_a_quarter_unknown_is_awaited(carbon, figures):
    carbon("value")

    rolling = figures("net_emissions_avoided", "state", period=f"{Q}-R12", directorate="COUNCIL")
    assert rolling == ("awaiting",)


def test_a_share_that_may_still_change_is_provisional_until_the_next_extract(measurement, figures):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)
    measurement.measured("tickets_reopened", "2025-04 COUNCIL 1 20\n2025-26-Q1 COUNCIL 1 50")

    def asked(period):
        return figures("tickets_reopened", "state", "why", period=period, directorate="COUNCIL")

    assert asked("2025-04")[0] == "final"
    assert asked(Q) == (
        "provisional",
        "Cases may still change until 14 July 2025, and no tickets extract of 2025-07 has been "
        "accepted.",
    )


def test_months_that_only_late_rows_reach_have_no_figures(measurement, figures):
    measurement.arrived("tickets", MONTHS[1:])
    measurement.arrived("tickets", ("2025-03", "2025-04"), rows=(2, 100))
    measurement.measured(INCIDENTS, EVERYONE + "2025-03 COUNCIL 1 2")

    assert figures(INCIDENTS, "state", period="2025-03") == []


def test_an_envelope_is_rated_against_the_share_of_its_years_that_has_passed(measurement, figures):
    measurement.arrived("ledger", MONTHS)
    measurement.measured("strategy_envelope_spent", "2025-26-Q1 COUNCIL 876000 1200000")

    seen = figures("strategy_envelope_spent", "value", "target", "rag", directorate="COUNCIL")

    assert seen == (Decimal("73.0"), Decimal("72.5"), "amber")


def test_remote_working_has_low_confidence_while_its_evidence_misses_the_floor(
    measurement, figures
):
    for table in ("presence_events", "staff", "workforce"):
        measurement.arrived(table, MONTHS)
    measurement.measured("remote_working_share", "2025-26-Q1 COUNCIL 40 100\n2025-05 COUNCIL 4 10")
    coverage = "2025-26-Q1 COUNCIL 59 100\n2025-05 COUNCIL 60 100"
    measurement.measured("remote_evidence_coverage", coverage)

    def asked(period):
        return figures("remote_working_share", "flags", "why", period=period, directorate="COUNCIL")

    flags, why = asked(Q)
    assert flags == ["low_confidence"]
    assert why.endswith("Low confidence: Evidence coverage is 59.0, under its floor of 60.")
    assert asked("2025-05")[0] == []


def test_a_ledger_that_misses_its_control_total_stops_the_draft(measurement, figures):
    measurement.arrived("ledger", MONTHS)
    measurement.measured("ledger_difference_from_control", "2025-05 COUNCIL 12.30 1")

    with pytest.raises(DoesNotReconcile, match=r"ledger of 2025-05: .* by £12.30. Head of Finance"):
        figures("pages_printed")


def test_parts_that_do_not_add_up_stop_the_draft(measurement, stores):
    measurement.arrived("tickets", MONTHS)
    measurement.measured("open_tickets", "2025-26-Q1 ASC 5 1\n2025-26-Q1 COUNCIL 6 1")

    with pytest.raises(DoesNotReconcile, match=r"open_tickets, 2025-26-Q1: .* up to 5, .* has 6"):
        reconcile.run(stores, "m")
    with stores.register.connect() as connection:
        assert connection.execute(select(Figure.kpi_id)).first() is None


def test_reconciling_again_adds_nothing(measurement, stores):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)

    def written():
        assert reconcile.run(stores, "m") == "m"
        with stores.register.connect() as connection:
            return connection.execute(select(Figure)).fetchall()

    assert written() == written()


def test_a_measurement_that_nobody_made_is_named(stores):
    with pytest.raises(UnknownMeasurement, match="measurement nobody: the register does not hold"):
        reconcile.run(stores, "nobody")


YEAR_OF_COST = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]


def test_twelve_months_are_compared_with_twelve_months_a_year_before(measurement, figures):
    for table in ("ledger", "workforce"):
        measurement.arrived(table, YEAR_OF_COST[6:30])
    measurement.measured(
        "ict_cost_per_user",
        "2025-26-Q1-R12 COUNCIL 840000 400\n2024-25-Q4-R12 COUNCIL 1 400\n"
        "2024-25-Q1-R12 COUNCIL 880000 400",
    )

    asked = ("value", "state", "direction")
    seen = figures("ict_cost_per_user", *asked, period=f"{Q}-R12", directorate="COUNCIL")

    assert seen == (2100, "final", "better")
    assert figures("ict_cost_per_user", "state", period=Q) == []
    assert figures("ict_cost_per_user", "state", period="2025-05") == []


def test_twelve_months_of_which_nothing_arrived_are_awaited(measurement, figures):
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)

    seen = figures("ict_cost_per_user", "state", period=f"{Q}-R12", directorate="COUNCIL")

    assert seen == ("awaiting",)


def test_twelve_months_are_no_year_to_date(measurement, figures):
    measurement.arrived("ledger", MONTHS).arrived("workforce", MONTHS)

    seen = figures("ict_cost_per_user", "state", "why", period=f"{Q}-YTD", directorate="COUNCIL")

    assert seen == (
        "not_applicable",
        "It covers the twelve months that end with a quarter, not a year to date.",
    )


def test_what_is_measured_once_a_year_says_in_other_quarters_when_it_is_next(measurement, figures):
    measurement.arrived("ledger", YEAR_OF_COST[15:30])
    measurement.measured("ict_share_of_running_costs", "2024-25-Q4-R12 COUNCIL 23 1000")

    def asked(period):
        return figures(
            "ict_share_of_running_costs", "value", "state", "why", period=period,
            directorate="COUNCIL",
        )  # fmt: skip

    assert asked("2024-25-Q4-R12")[:2] == (Decimal("2.30"), "final")
    assert asked(Q) == (
        *(None, "not_applicable"),
        "It is measured once a year, at its end: next with 2025-26-Q4.",
    )


def test_a_sum_over_kinds_of_strategy_money_stops_the_draft(measurement, register, stores):
    measurement.arrived("ledger", MONTHS)
    with register.begin() as connection:
        connection.execute(
            insert(ActivityRow).values(
                measurement_id="m", table="strategy_money", position=0,
                row={"period": Q, "strategy": "DIGITAL-2023", "kind": None},
            )
        )  # fmt: skip

    with pytest.raises(DoesNotReconcile, match=r"strategy_money: a row is of strategy 'DIGITAL-2"):
        reconcile.run(stores, "m")


def test_a_target_may_be_relative_to_the_share_of_the_year_that_has_passed(measurement, figures):
    measurement.arrived("ledger", MONTHS)
    measurement.measured("capital_programme_spent", "2025-26-Q1 COUNCIL 149 1000")

    seen = figures("capital_programme_spent", "target", "rag", directorate="COUNCIL")

    # 91 of 365 days have passed: 24.9 percent; ten points below that are 14.9.
    assert seen == (Decimal("24.9"), "amber")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("owners.csv", "sla_flag_mismatches,2023-04-01", "sla_flag_mismatches,2025-05-01",
         "owners.csv: sla_flag_mismatches has a figure for the period to 2025-04-30 and nobody"),
        ("targets.csv", "remote_evidence_coverage,*,2023-04-01,,80,60",
         "remote_evidence_coverage,*,2023-04-01,,60,80", "a floor of 80 cannot stand behind"),
    ],
)  # fmt: skip
def test_figures_that_nobody_owns_or_that_no_rule_can_rate_are_not_written(
    measurement, stores, tmp_path, file, old, new, words
):
    shutil.copytree(stores.settings.council, tmp_path / "council")
    path = tmp_path / "council" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    measurement.arrived("tickets", MONTHS).measured(INCIDENTS, EVERYONE)
    theirs = replace(stores, settings=replace(stores.settings, council=tmp_path / "council"))

    with pytest.raises(WrongDefinition, match=words):
        reconcile.run(theirs, "m")
    with stores.register.connect() as connection:
        assert connection.execute(select(Figure.kpi_id)).all() == []
