def test_kinds_of_money_stand_apart_and_years_add_up(measure):
    measure.given(
        "strategy_finance",
        """
        strategy  kind              amount_gbp  first_year  last_year  project_code  each_year
        DIGITAL   saving            3600.00     2023-24     2027-28    -             false
        DIGITAL   funding_envelope  1000.00     2024-25     2025-26    ENV           false
        NETWORK   cost_gross        900.00      2024-25     2026-27    NET           false
        NETWORK   cost_new_money    100.00      2025-26     2026-27    NEW           true
        LATER     cost_gross        100.00      2026-27     2026-27    NEW           false
        """,
    )
    measure.given(
        "clean_ledger",
        """
        fin_year  month_starts_at      project_code  actual_ytd  commitments
        2023-24   2024-03-01 00:00:00  ENV           900.00      0.00
        2024-25   2025-03-01 00:00:00  ENV           200.00      80.00
        2025-26   2025-05-31 23:00:00  ENV           30.00       5.00
        2025-26   2025-05-31 23:00:00  NET           7.00        -
        2025-26   2025-05-31 23:00:00  NEW           99.00       -
        """,
    )

    shown = [row[1:3] + row[4:] for row in measure.table("strategy_money", "2025-26-Q1")]
    assert shown == [
        ("DIGITAL", "funding_envelope", 1000, 230, 5),
        ("NETWORK", "cost_gross", 900, 7, 0),
        ("NETWORK", "cost_new_money", 200, 99, 0),
    ]
