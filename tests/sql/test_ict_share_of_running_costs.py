from scorecard.period import Month

YEAR = (
    *(f"2024-{number:02d}" for number in range(4, 13)),
    *(f"2025-{number:02d}" for number in range(1, 4)),
)


def costs(months):
    """ICT and running costs of each of these months, with lines beside them that do not count."""
    groups = (("ict", "false", 3), ("running", "false", 100), ("ict", "true", 50),
              ("print", "false", 7))  # fmt: skip
    head = "month_starts_at  month  cost_group  is_capital  spent_gbp\n"
    return head + "".join(
        f"{Month.parse(month).starts_at:%Y-%m-%d %H:%M:%S}  {month}  {group}  {capital}  {spent}\n"
        for month in months
        for group, capital, spent in groups
    )


def test_ict_is_a_share_of_all_running_costs_of_the_financial_year(measure):
    measure.given("group_costs", costs(("2024-03", *YEAR, "2025-04")))

    assert measure.kpi("ict_share_of_running_costs", "2024-25-Q4-R12") == [
        ("2024-25-Q4-R12", "COUNCIL", 36, 1200),
    ]


def test_a_year_without_one_of_its_months_has_no_figure(measure):
    measure.given("group_costs", costs(YEAR[:11]))

    assert measure.kpi("ict_share_of_running_costs", "2024-25-Q4-R12") == [
        ("2024-25-Q4-R12", "COUNCIL", None, None),
    ]
