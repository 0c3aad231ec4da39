MONEY = """
    strategy  kind              amount_gbp  first_year  last_year  project_code  each_year
    DIGITAL   funding_envelope  1000.00     2024-25     2025-26    ENV           false
    DIGITAL   cost_gross        5000.00     2024-25     2025-26    NET           false
    """


def test_spending_of_all_years_and_the_newest_orders_come_out_of_the_envelope(measure):
    measure.given("strategy_finance", MONEY)
    measure.given(
        "clean_ledger",
        """
        fin_year  month_starts_at      project_code  actual_ytd  commitments
        2023-24   2024-03-01 00:00:00  ENV           900.00      0.00
        2024-25   2025-02-01 00:00:00  ENV           100.00      70.00
        2024-25   2025-03-01 00:00:00  ENV           200.00      80.00
        2025-26   2025-04-30 23:00:00  ENV           1.00        1.00
        2025-26   2025-05-31 23:00:00  ENV           30.00       5.00
        2025-26   2025-05-31 23:00:00  ENV           10.00       -
        2025-26   2025-05-31 23:00:00  NET           700.00      700.00
        2025-26   2025-05-31 23:00:00  -             700.00      700.00
        2025-26   2025-06-30 23:00:00  ENV           900.00      900.00
        """,
    )

    assert measure.kpi("strategy_envelope_spent", "2023-24-Q4", "2024-25-Q4", "2025-26-Q1") == [
        ("2024-25-Q4", "COUNCIL", 280, 1000),
        ("2025-26-Q1", "COUNCIL", 245, 1000),
    ]


def test_an_envelope_that_nobody_has_touched_is_a_real_zero(measure):
    measure.given("strategy_finance", MONEY)
    measure.given(
        "clean_ledger",
        """
        fin_year  month_starts_at      project_code  actual_ytd  commitments
        2024-25   2024-05-31 23:00:00  NET           700.00      700.00
        """,
    )

    assert measure.kpi("strategy_envelope_spent", "2024-25-Q1") == [
        ("2024-25-Q1", "COUNCIL", 0, 1000)
    ]


def test_a_sum_given_each_year_is_counted_for_each_of_its_years(measure):
    measure.given(
        "strategy_finance",
        """
        strategy  kind              amount_gbp  first_year  last_year  project_code  each_year
        DIGITAL   funding_envelope  100.00      2024-25     2026-27    ENV           true
        """,
    )
    measure.given(
        "clean_ledger",
        """
        fin_year  month_starts_at      project_code  actual_ytd  commitments
        2024-25   2024-05-31 23:00:00  ENV           7.00        0.00
        """,
    )

    assert measure.kpi("strategy_envelope_spent", "2024-25-Q1") == [
        ("2024-25-Q1", "COUNCIL", 7, 300)
    ]
