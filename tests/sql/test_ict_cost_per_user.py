from scorecard.period import Month

MONTHS = (
    *(f"2024-{number:02d}" for number in range(7, 13)),
    *(f"2025-{number:02d}" for number in range(1, 7)),
)


def costs(months, each="100.00"):
    """What ICT cost in each of these months, with lines beside it that do not count."""
    head = "month_starts_at  month  cost_group  is_capital  spent_gbp\n"
    return head + "".join(
        f"{Month.parse(month).starts_at:%Y-%m-%d %H:%M:%S}  {month}  {group}  {capital}  {each}\n"
        for month in months
        for group, capital in (("ict", "false"), ("ict", "true"), ("print", "false"))
    )


def users(months, counts):
    """The accounts in use of each month."""
    head = "month_starts_at  month  active_users\n"
    return head + "".join(
        f"{Month.parse(month).starts_at:%Y-%m-%d %H:%M:%S}  {month}  {count}\n"
        for month, count in zip(months, counts, strict=True)
    )


def test_twelve_months_of_cost_are_divided_among_the_users_of_an_average_month(measure):
    measure.given("group_costs", costs(("2024-06", *MONTHS, "2025-07")))
    measure.given("clean_workforce", users(("2024-06", *MONTHS), (9999, *[400] * 6, *[401] * 6)))

    # Twelve months of 400.5 users are 401, half up.
    assert measure.kpi("ict_cost_per_user", "2025-26-Q1", "2025-26-Q1-R12") == [
        ("2025-26-Q1-R12", "COUNCIL", 1200, 401),
    ]


def test_eleven_months_are_not_twelve(measure):
    measure.given("group_costs", costs(MONTHS[1:]))
    measure.given("clean_workforce", users(MONTHS, [400] * 12))

    assert measure.kpi("ict_cost_per_user", "2025-26-Q1-R12") == [
        ("2025-26-Q1-R12", "COUNCIL", None, 400),
    ]


def test_users_of_eleven_months_are_not_known(measure):
    measure.given("group_costs", costs(MONTHS))
    measure.given("clean_workforce", users(MONTHS, [400] * 11 + ["-"]))

    assert measure.kpi("ict_cost_per_user", "2025-26-Q1-R12") == [
        ("2025-26-Q1-R12", "COUNCIL", 1200, None),
    ]


def test_a_month_whose_cost_is_not_known_leaves_no_figure(measure):
    measure.given("group_costs", costs(MONTHS[:11]) + costs(MONTHS[11:], "-").partition("\n")[2])
    measure.given("clean_workforce", users(MONTHS, [400] * 12))

    assert measure.kpi("ict_cost_per_user", "2025-26-Q1-R12") == [
        ("2025-26-Q1-R12", "COUNCIL", None, 400),
    ]
