from decimal import Decimal

COSTS = """
    month_starts_at      month    cost_group    is_capital  spent_gbp
    2025-02-28 23:00:00  2025-03  service_desk  false       1000.00
    2025-03-31 23:00:00  2025-04  service_desk  false       100.00
    2025-03-31 23:00:00  2025-04  service_desk  false       -10.00
    2025-03-31 23:00:00  2025-04  service_desk  true        7.00
    2025-05-31 23:00:00  2025-06  service_desk  false       50.50
    2025-05-31 23:00:00  2025-06  print         false       8.00
    2025-06-30 23:00:00  2025-07  service_desk  false       1000.00
    """
TICKETS = """
    directorate  resolved_at
    HR           2025-03-31 22:59:59
    HR           2025-03-31 23:00:00
    ICT          2025-06-30 22:59:59
    ICT          2025-06-30 23:00:00
    ICT          -
    """


def test_the_desks_revenue_cost_is_divided_among_all_tickets_resolved(measure):
    measure.given("group_costs", COSTS)
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("cost_per_ticket", "2025-04", "2025-26-Q1", "2025-26-Q1-YTD") == [
        ("2025-26-Q1", "COUNCIL", Decimal("140.50"), 2),
        ("2025-26-Q1-YTD", "COUNCIL", Decimal("140.50"), 2),
    ]


def test_a_month_whose_cost_is_not_known_leaves_no_figure(measure):
    missing = "2025-04-30 23:00:00  2025-05  service_desk  false  -"
    measure.given("group_costs", COSTS + missing)
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("cost_per_ticket", "2025-26-Q1") == [("2025-26-Q1", "COUNCIL", None, 2)]


def test_without_a_ledger_there_is_no_cost(measure):
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("cost_per_ticket", "2025-26-Q1") == []
