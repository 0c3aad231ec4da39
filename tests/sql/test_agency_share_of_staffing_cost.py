COSTS = """
    month_starts_at      directorate  cost_group  is_capital  spent_gbp
    2025-02-28 23:00:00  HR           agency      false       999.00
    2025-03-31 23:00:00  HR           agency      false       10.00
    2025-03-31 23:00:00  HR           pay         false       90.00
    2025-05-31 23:00:00  HR           pay         false       100.00
    2025-05-31 23:00:00  HR           agency      true        999.00
    2025-05-31 23:00:00  ICT          agency      false       30.00
    2025-05-31 23:00:00  ICT          print       false       999.00
    2025-06-30 23:00:00  ICT          agency      false       999.00
    """


def test_agency_staff_are_a_share_of_pay_and_agency_together(measure):
    measure.given("group_costs", COSTS)

    assert measure.kpi("agency_share_of_staffing_cost", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 40, 230),
        ("2025-26-Q1", "HR", 10, 200),
        ("2025-26-Q1", "ICT", 30, 30),
    ]


def test_a_month_whose_cost_is_not_known_leaves_no_share_for_its_directorate_and_the_council(
    measure,
):
    measure.given("group_costs", COSTS + "2025-04-30 23:00:00  ICT  pay  false  -")

    assert [row[1:] for row in measure.kpi("agency_share_of_staffing_cost", "2025-26-Q1")] == [
        ("COUNCIL", None, None),
        ("HR", 10, 200),
        ("ICT", None, None),
    ]
