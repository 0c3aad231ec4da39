LINES = """
    place  strategy  kind                  funding_source  years  first_year  last_year  amount_gbp
    1      DIGITAL   saving                base_budget     y      2023-24     2027-28    3600.00
    2      DIGITAL   funding_envelope      reserve         y      2024-25     2025-26    1000.00
    3      NETWORK   cost_gross            base_budget     y      2024-25     2026-27    900.00
    4      NETWORK   cost_new_money        reserve         y      2024-25     2026-27    300.00
    5      NETWORK   cost_existing_budget  base_budget     y      2024-25     2026-27    600.00
    6      LATER     cost_gross            grant           y      2026-27     2026-27    100.00
    """
PROFILE = """
    strategy  kind                  fin_year  profile_gbp
    DIGITAL   funding_envelope      2024-25   500.00
    DIGITAL   funding_envelope      2025-26   500.00
    NETWORK   cost_gross            2026-27   300.00
    NETWORK   cost_new_money        2026-27   100.00
    NETWORK   cost_existing_budget  2026-27   -
    """
PROJECTS = """
    strategy  kind                  project_code
    DIGITAL   funding_envelope      ENV
    NETWORK   cost_gross            OLD
    NETWORK   cost_gross            NEW
    NETWORK   cost_new_money        NEW
    NETWORK   cost_existing_budget  OLD
    LATER     cost_gross            LATE
    """
LEDGER = """
    fin_year  month_starts_at      project_code  is_capital  actual_ytd  commitments  forecast_outturn
    2023-24   2024-03-01 00:00:00  ENV           false       900.00      0.00         900.00
    2024-25   2025-02-01 00:00:00  ENV           false       111.00      99.00        111.00
    2024-25   2025-03-01 00:00:00  ENV           false       200.00      80.00        222.00
    2025-26   2025-05-31 23:00:00  ENV           false       30.00       5.00         120.00
    2025-26   2025-05-31 23:00:00  ENV           true        7.00        1.00         60.00
    2025-26   2025-05-31 23:00:00  OLD           false       40.00       -            200.00
    2025-26   2025-05-31 23:00:00  NEW           false       -5.00       2.00         100.00
    2025-26   2025-05-31 23:00:00  -             false       999.00      999.00       999.00
    """


def given(measure):
    measure.given("strategy_lines", LINES)
    measure.given("strategy_profile", PROFILE)
    measure.given("strategy_projects", PROJECTS)
    measure.given("clean_ledger", LEDGER)


def test_kinds_of_money_stand_apart_and_years_add_up(measure):
    given(measure)

    rows = [row[1:3] + row[5:] for row in measure.table("strategy_money", "2025-26-Q1")]
    # amount, revenue, capital, commitments, left, forecast for all years
    assert rows == [
        ("DIGITAL", "funding_envelope", 1000, 230, 7, 6, 757, 380),
        ("NETWORK", "cost_gross", 900, 35, 0, 2, 863, 600),
        ("NETWORK", "cost_new_money", 300, -5, 0, 2, 303, 200),
        # What the last year is planned to be is not known, so neither is the whole.
        ("NETWORK", "cost_existing_budget", 600, 40, 0, 0, 560, None),
    ]


def test_there_is_no_row_of_kinds_added(measure):
    given(measure)

    keys = [row[1:3] for row in measure.table("strategy_money", "2024-25-Q4", "2025-26-Q1")]
    assert {kind for _, kind in keys} == {
        "funding_envelope", "cost_gross", "cost_new_money", "cost_existing_budget"
    }  # fmt: skip
    assert {strategy for strategy, _ in keys} == {"DIGITAL", "NETWORK"}
    assert len(keys) == 2 * len(set(keys))


def test_a_quarter_without_a_ledger_has_no_rows(measure):
    given(measure)

    assert measure.table("strategy_money", "2025-26-Q2") == []


def test_what_staff_technology_and_others_cost_is_told_by_the_councils_groups(measure):
    measure.given(
        "cost_groups",
        """
        cost_group  first_year  cost_centre  subjective
        staff       2018-19     0090*        001*
        technology  2018-19     0090*        003*
        technology  2018-19     0090100      003300
        """,
    )
    measure.given(
        "clean_ledger",
        """
        fin_year  month_starts_at      project_code  is_capital  cost_centre  subjective  actual_ytd
        2025-26   2025-05-31 23:00:00  ENV           false       0090100      001000      10.00
        2025-26   2025-05-31 23:00:00  ENV           false       0090100      003300      20.00
        2025-26   2025-05-31 23:00:00  ENV           false       0090100      004400      40.00
        """,
    )

    columns = ("project_code", "actual_gbp", "staff_gbp", "technology_gbp", "external_gbp")
    assert measure.relation_of("project_spend", ["2025-26-Q1"], *columns) == [
        ("ENV", 70, 10, 20, 0),
    ]
