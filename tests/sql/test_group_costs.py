from decimal import Decimal

GROUPS = """
cost_group    first_year  last_year  cost_centre  subjective
service_desk  2018-19     -          0521*        *
service_desk  2018-19     -          0521000      001000
print         2025-26     -          0522000      003410
agency        2018-19     2024-25    *            001900
"""
COLUMNS = ("month", "cost_group", "directorate", "is_capital", "actual_ytd", "spent_gbp")


def ledger(*rows):
    """Ledger lines: month, financial year, period, cost centre, subjective, year to date."""
    starts = {"2025-03": "2025-03-01 00:00", "2025-04": "2025-03-31 23:00",
              "2025-05": "2025-04-30 23:00", "2025-06": "2025-05-31 23:00"}  # fmt: skip
    head = (
        "month  month_starts_at  fin_year  period_no  directorate  is_capital"
        "  cost_centre  subjective  actual_ytd\n"
    )
    lines = []
    for row in rows:
        month, year, period, centre, code, amount = row.split()
        lines.append(
            f"{month}  {starts[month]}  {year}  {period}  RES  false  {centre}  {code}  {amount}"
        )
    return head + "\n".join(lines)


def test_a_month_costs_what_came_on_top_of_the_month_before(measure):
    measure.given("cost_groups", GROUPS)
    measure.given(
        "clean_ledger",
        ledger(
            "2025-03 2024-25 12 0521000 001000 120.00",
            "2025-04 2025-26 1 0521000 001000 10.00",
            "2025-05 2025-26 2 0521000 001000 25.50",
            "2025-05 2025-26 2 0521001 003300 4.00",
            "2025-05 2025-26 2 0522000 001000 99.00",
        ),
    )

    assert measure.relation("group_costs", *COLUMNS) == [
        # What March alone cost is not known: February's ledger is missing.
        ("2025-03", "service_desk", "RES", False, 120, None),
        ("2025-04", "service_desk", "RES", False, 10, 10),
        # Two rules match the first line, which counts once; the second line is new.
        ("2025-05", "service_desk", "RES", False, Decimal("29.50"), Decimal("19.50")),
    ]


def test_after_a_missing_month_the_cost_is_not_known_until_the_month_after_next(measure):
    measure.given("cost_groups", GROUPS)
    measure.given(
        "clean_ledger",
        ledger(
            "2025-04 2025-26 1 0521000 001000 10.00",
            "2025-06 2025-26 3 0521000 001000 30.00",
        ),
    )

    assert [row[5] for row in measure.relation("group_costs", *COLUMNS)] == [10, None]


def test_a_group_with_nothing_spent_yet_costs_nothing_and_a_negative_month_stays_negative(measure):
    measure.given("cost_groups", GROUPS)
    measure.given(
        "clean_ledger",
        ledger(
            "2025-04 2025-26 1 0900000 001000 1.00",
            "2025-05 2025-26 2 0522000 003410 8.00",
            "2025-06 2025-26 3 0522000 003410 6.00",
        ),
    )

    assert [row[5] for row in measure.relation("group_costs", *COLUMNS)] == [0, 8, -2]


def test_a_rule_holds_in_its_financial_years_only(measure):
    measure.given("cost_groups", GROUPS)
    measure.given(
        "clean_ledger",
        ledger(
            "2025-03 2024-25 12 0522000 003410 1.00",
            "2025-03 2024-25 12 0100000 001900 2.00",
            "2025-04 2025-26 1 0522000 003410 4.00",
            "2025-04 2025-26 1 0100000 001900 8.00",
        ),
    )

    assert [row[:2] for row in measure.relation("group_costs", *COLUMNS)] == [
        ("2025-03", "agency"),
        ("2025-04", "print"),
    ]
