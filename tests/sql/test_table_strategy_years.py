def test_each_year_has_its_profile_and_what_was_spent_and_one_to_come_has_a_profile_only(measure):
    measure.given(
        "strategy_lines",
        """
        place  strategy  kind              funding_source  years  first_year  last_year  amount_gbp
        1      DIGITAL   saving            base_budget     y      2024-25     2026-27    3600.00
        2      DIGITAL   funding_envelope  reserve         y      2024-25     2026-27    1000.00
        """,
    )
    measure.given(
        "strategy_profile",
        """
        strategy  kind              fin_year  profile_gbp
        DIGITAL   funding_envelope  2024-25   500.00
        DIGITAL   funding_envelope  2025-26   -
        DIGITAL   funding_envelope  2026-27   100.00
        DIGITAL   saving            2025-26   3600.00
        """,
    )
    measure.given(
        "strategy_projects",
        """
        strategy  kind              project_code
        DIGITAL   funding_envelope  ENV
        DIGITAL   funding_envelope  ENV2
        """,
    )
    measure.given(
        "project_spend",
        """
        period      newest_year  fin_year  project_code  is_capital  actual_gbp  commitments_gbp  forecast_gbp  staff_gbp  technology_gbp  external_gbp
        2024-25-Q4  2024-25      2024-25   ENV           false       111.00      1.00             1.00          1.00       1.00            1.00
        2025-26-Q1  2025-26      2024-25   ENV           false       200.00      0.00             200.00        150.00     50.00           0.00
        2025-26-Q1  2025-26      2024-25   ENV2          false       -20.00      0.00             -20.00        0.00       0.00            -20.00
        2025-26-Q1  2025-26      2025-26   ENV           false       30.00       5.00             120.00        0.00       30.00           0.00
        2025-26-Q1  2025-26      2025-26   ENV           true        7.00        1.00             60.00         0.00       7.00            0.00
        2025-26-Q1  2025-26      2025-26   OTHER         false       999.00      999.00           999.00        999.00     999.00          999.00
        """,
    )

    rows = measure.table("strategy_years", "2024-25-Q4", "2025-26-Q1")

    assert {row[:4] for row in rows} == {("2025-26-Q1", "DIGITAL", "funding_envelope", "reserve")}
    # year, profile, revenue, capital, staff, technology, external, commitments, forecast, marker
    assert [row[4:] for row in rows] == [
        ("2024-25", 500, 180, 0, 150, 50, -20, 0, 180, None),
        ("2025-26", None, 30, 7, 0, 37, 0, 6, 180, None),
        ("2026-27", 100, *[None] * 7, "[z]"),
    ]
