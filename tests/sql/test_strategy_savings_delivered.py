STRATEGY = """
    strategy  kind    first_year  last_year
    DIG       saving  2023-24     2024-25
    """
SAVINGS = """
    saving_id  strategies  year     month_starts_at      is_current_year  directorate  delivered  profiled_target_ytd
    S1         [DIG]       2023-24  2024-02-01 00:00:00  true             HR           70.00      90.00
    S1         [DIG]       2023-24  2024-03-01 00:00:00  true             HR           80.00      100.00
    S1         [DIG]       2024-25  2024-05-31 23:00:00  true             HR           5.00       10.00
    S2         [X, DIG]    2024-25  2024-05-31 23:00:00  true             ICT          1.00       10.00
    S3         [X]         2024-25  2024-05-31 23:00:00  true             ICT          900.00     900.00
    S4         [DIG]       2022-23  2023-03-01 00:00:00  true             ICT          900.00     900.00
    S5         [DIG]       2025-26  2024-05-31 23:00:00  false            ICT          900.00     900.00
    S1         [DIG]       2024-25  2024-06-30 23:00:00  true             HR           900.00     900.00
    """


def test_earlier_years_of_a_strategy_count_with_their_last_month(measure):
    measure.given("strategy_finance", STRATEGY)
    measure.given("clean_savings", SAVINGS)

    assert measure.kpi("strategy_savings_delivered", "2024-25-Q1") == [
        ("2024-25-Q1", "COUNCIL", 86, 120),
        ("2024-25-Q1", "HR", 85, 110),
        ("2024-25-Q1", "ICT", 1, 10),
    ]


def test_a_period_in_which_no_savings_were_reported_has_no_figure(measure):
    measure.given("strategy_finance", STRATEGY)
    measure.given("clean_savings", SAVINGS)

    assert measure.kpi("strategy_savings_delivered", "2024-25-Q3") == []


def test_a_saving_that_left_the_list_before_its_years_last_month_does_not_count(measure):
    measure.given("strategy_finance", STRATEGY)
    measure.given(
        "clean_savings",
        """
        saving_id  strategies  year     month_starts_at      is_current_year  directorate  delivered  profiled_target_ytd
        S1         [DIG]       2023-24  2024-02-01 00:00:00  true             HR           70.00      90.00
        S2         [DIG]       2023-24  2024-03-01 00:00:00  true             HR           80.00      100.00
        S2         [DIG]       2023-24  2024-03-31 23:00:00  false            HR           99.00      100.00
        S3         [DIG]       2024-25  2024-03-31 23:00:00  true             HR           1.00       2.00
        S4         [DIG]       2024-25  2024-05-31 23:00:00  true             HR           5.00       10.00
        S5         [DIG]       2024-25  2024-05-31 23:00:00  true             HR           3.00       -
        """,
    )

    assert measure.kpi("strategy_savings_delivered", "2024-25-Q1") == [
        ("2024-25-Q1", "COUNCIL", 85, 110),
        ("2024-25-Q1", "HR", 85, 110),
    ]
