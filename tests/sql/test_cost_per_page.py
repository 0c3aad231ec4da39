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
JOBS = """
    day_starts_at        directorate  pages
    2025-03-30 23:00:00  HR           999
    2025-03-31 23:00:00  HR           1000
    2025-06-29 23:00:00  UNKNOWN      500
    2025-06-30 23:00:00  HR           999
    """


def test_the_print_cost_is_divided_among_all_pages(measure):
    measure.given("group_costs", COSTS)
    measure.given("clean_print_jobs", JOBS)

    assert measure.kpi("cost_per_page", "2025-04", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("140.50"), 1500),
    ]


def test_a_month_whose_cost_is_not_known_leaves_no_figure(measure):
    measure.given("group_costs", COSTS + "2025-04-30 23:00:00  2025-05  print  false  -")
    measure.given("clean_print_jobs", JOBS)

    assert measure.kpi("cost_per_page", "2025-26-Q1") == [("2025-26-Q1", "COUNCIL", None, 1500)]


def test_a_quarter_in_which_nothing_is_known_to_be_printed_has_no_cost_per_page(measure):
    measure.given("group_costs", COSTS)

    assert measure.kpi("cost_per_page", "2025-26-Q1") == []
