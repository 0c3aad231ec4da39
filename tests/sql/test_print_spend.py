from decimal import Decimal

COSTS = """
    month_starts_at      month    cost_group    is_capital  spent_gbp
    2025-02-28 23:00:00  2025-03  print         false       1000.00
    2025-03-31 23:00:00  2025-04  print         false       100.00
    2025-03-31 23:00:00  2025-04  print         false       -10.00
    2025-03-31 23:00:00  2025-04  print         true        7.00
    2025-05-31 23:00:00  2025-06  print         false       50.50
    2025-05-31 23:00:00  2025-06  service_desk  false       8.00
    2025-06-30 23:00:00  2025-07  print         false       1000.00
    """


def test_leases_clicks_and_paper_of_the_quarter_are_added(measure):
    measure.given("group_costs", COSTS)

    assert measure.kpi("print_spend", "2025-04", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("140.50"), 1),
    ]


def test_a_month_whose_cost_is_not_known_leaves_no_sum(measure):
    measure.given("group_costs", COSTS + "2025-04-30 23:00:00  2025-05  print  false  -")

    assert measure.kpi("print_spend", "2025-26-Q1") == [("2025-26-Q1", "COUNCIL", None, 1)]
