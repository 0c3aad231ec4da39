from decimal import Decimal

COSTS = """
    month_starts_at      month    cost_group    is_capital  spent_gbp
    2025-02-28 23:00:00  2025-03  ict           false       1000.00
    2025-03-31 23:00:00  2025-04  ict           false       100.00
    2025-03-31 23:00:00  2025-04  ict           false       -10.00
    2025-03-31 23:00:00  2025-04  ict           true        7.00
    2025-05-31 23:00:00  2025-06  ict           false       50.50
    2025-05-31 23:00:00  2025-06  print         false       8.00
    2025-06-30 23:00:00  2025-07  ict           false       1000.00
    """


def test_revenue_is_a_share_of_revenue_and_capital_together(measure):
    measure.given("group_costs", COSTS)

    assert measure.kpi("ict_revenue_share", "2025-04", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("140.50"), Decimal("147.50")),
    ]


def test_a_quarter_of_capital_alone_has_a_share_of_nothing(measure):
    measure.given(
        "group_costs",
        """
        month_starts_at      cost_group  is_capital  spent_gbp
        2025-03-31 23:00:00  ict         true        7.00
        """,
    )

    assert measure.kpi("ict_revenue_share", "2025-26-Q1") == [("2025-26-Q1", "COUNCIL", 0, 7)]


def test_a_month_whose_cost_is_not_known_leaves_no_share(measure):
    measure.given("group_costs", COSTS + "2025-04-30 23:00:00  2025-05  ict  true  -")

    assert measure.kpi("ict_revenue_share", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", None, None),
    ]
