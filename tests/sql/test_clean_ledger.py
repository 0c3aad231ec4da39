from decimal import Decimal

LEDGER = """
    fin_year  period_no  cost_centre  subjective  income_flag  revised_budget  actual_ytd  as_at
    2025-26   1          001          A           false        120             10          2025-05-01
    2025-26   1          001          B           true         -60             -6          2025-05-01
    2024-25   12         001          A           false        120             99          2025-04-01
    2024-25   13         001          A           false        120             101         2025-05-01
    2023-24   12         001          A           false        120             10          2024-04-01
    2023-24   12         001          B           true         60              6           2024-04-01
    2023-24   12         001          C           true         -10             -1          2024-04-01
    """


def test_income_is_negative_whichever_way_the_ledger_prints_it(measure):
    measure.given("accepted_ledger", LEDGER)

    rows = measure.clean("ledger", "month", "subjective", "revised_budget", "actual_ytd")
    assert rows == [
        ("2024-03", "A", 120, 10),
        ("2024-03", "B", -60, -6),
        ("2024-03", "C", 10, 1),
        ("2025-03", "A", 120, 101),
        ("2025-04", "A", 120, 10),
        ("2025-04", "B", -60, -6),
    ]


def test_what_was_sent_stays_beside_it_for_the_control_total(measure):
    measure.given("accepted_ledger", LEDGER)

    rows = measure.clean("ledger", "month", "subjective", "actual_ytd_as_sent")
    assert rows[:3] == [("2024-03", "A", 10), ("2024-03", "B", 6), ("2024-03", "C", -1)]


def test_adjustments_of_period_13_take_the_place_of_march(measure):
    measure.given("accepted_ledger", LEDGER)

    rows = measure.clean("ledger", "fin_year", "period_no", "month", "actual_ytd")
    assert [row for row in rows if row[0] == "2024-25"] == [("2024-25", 13, "2025-03", 101)]


def test_a_month_begins_at_midnight_in_london(measure):
    measure.given("accepted_ledger", LEDGER)

    rows = measure.clean("ledger", "month", "month_starts_at")
    assert ("2025-03", "2025-03-01 00:00:00") in rows
    assert ("2025-04", "2025-03-31 23:00:00") in rows


def test_a_line_without_a_profile_is_a_straight_line_over_the_year(measure):
    measure.given(
        "accepted_ledger",
        """
        fin_year  period_no  cost_centre  income_flag  revised_budget  profiled_ytd
        2025-26   1          001          false        100.00          -
        2025-26   1          002          false        100.00          30.00
        2024-25   13         001          false        100.00          -
        2023-24   1          001          false        0.42            -
        2023-24   1          002          false        -0.42           -
        """,
    )

    # Half a penny is rounded away from zero: 0.42 pounds a year are 3.5 pence a month.
    assert measure.clean("ledger", "month", "profiled_ytd", "is_straight_line") == [
        ("2023-04", Decimal("-0.04"), True),
        ("2023-04", Decimal("0.04"), True),
        ("2025-03", 100, True),
        ("2025-04", Decimal("8.33"), True),
        ("2025-04", 30, False),
    ]


def test_of_two_forecast_versions_of_a_line_the_newest_counts(measure):
    measure.given(
        "accepted_ledger",
        """
        fin_year  period_no  cost_centre  subjective  forecast_version  forecast_outturn  as_at
        2025-26   1          001          A           F1                10.00             2025-05-02
        2025-26   1          001          A           F2                20.00             2025-05-03
        2025-26   1          001          B           F1                7.00              2025-05-02
        """,
    )

    assert measure.clean("ledger", "subjective", "forecast_outturn") == [("A", 20), ("B", 7)]


def test_a_line_that_moved_between_two_forecasts_counts_once(measure):
    measure.given(
        "accepted_ledger",
        """
        fin_year  period_no  cost_centre  subjective  directorate  funding_source  capital_flag  actual_ytd  as_at
        2025-26   1          001          A           HR           base_budget     true          10.00       2025-05-02
        2025-26   1          001          A           ICT          reserve         false         11.00       2025-05-03
        """,
    )

    assert measure.clean("ledger", "directorate", "actual_ytd") == [("ICT", 11)]
