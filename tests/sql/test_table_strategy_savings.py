LINES = """
    place  strategy  kind              funding_source  years  first_year  last_year  amount_gbp
    1      DIGITAL   saving            base_budget     y      2024-25     2026-27    900.00
    2      DIGITAL   funding_envelope  reserve         y      2024-25     2026-27    1000.00
    3      PEOPLE    saving            grant           y      2025-26     2025-26    50.00
    """
PROFILE = """
    strategy  kind              fin_year  profile_gbp
    DIGITAL   saving            2024-25   300.00
    DIGITAL   saving            2025-26   300.00
    DIGITAL   saving            2026-27   300.00
    DIGITAL   funding_envelope  2025-26   999.00
    PEOPLE    saving            2025-26   50.00
    """
COLUMNS = (
    "saving_id  strategies  year  month  month_starts_at  is_current_year  is_recurrent"
    "  target  profiled_target_ytd  delivered  on_track  at_risk  unachievable  forecast\n"
)
MARCH, MAY, JUNE = "2025-03-01 00:00:00", "2025-04-30 23:00:00", "2025-05-31 23:00:00"


def savings(*rows):
    """Savings: id, strategies, year, month's beginning, recurrent, and target to forecast."""
    lines = []
    for row in rows:
        saving, strategies, year, starts, recurrent, *amounts = row
        written = "  ".join(str(amount) for amount in amounts)
        lines.append(f"{saving}  {strategies}  {year}  x  {starts}  true  {recurrent}  {written}")
    return COLUMNS + "\n".join(lines)


def given(measure, *rows):
    measure.given("strategy_lines", LINES)
    measure.given("strategy_profile", PROFILE)
    measure.given("clean_savings", savings(*rows))


def test_savings_stand_by_year_with_their_signs_and_a_year_to_come_has_a_profile_only(measure):
    given(
        measure,
        ("S1", "[DIGITAL]", "2024-25", MARCH, "true", 300, 300, 250, 40, 10, 0, 290),
        ("S2", "[DIGITAL]", "2025-26", MAY, "true", 999, 99, 99, 99, 99, 99, 99),
        ("S2", "[DIGITAL]", "2025-26", JUNE, "true", 200, 50, -15, 200, 15, 0, 190),
        ("S3", "[DIGITAL]", "2025-26", JUNE, "false", 100, 25, 20, 30, 20, 30, 60),
        ("S4", "[OTHER]", "2025-26", JUNE, "true", 999, 999, 999, 999, 999, 999, 999),
    )

    rows = measure.table("strategy_savings", "2024-25-Q4", "2025-26-Q1")

    # profile, target, profile to date, recurrent, one-off, on track, at risk, unachievable, forecast
    assert [(row[1], row[2], *row[4:]) for row in rows] == [
        ("DIGITAL", "saving", "2024-25", 300, 300, 300, 250, 0, 40, 10, 0, 290, None),
        ("DIGITAL", "saving", "2025-26", 300, 300, 75, -15, 20, 230, 35, 30, 250, None),
        ("DIGITAL", "saving", "2026-27", 300, *[None] * 8, "[z]"),
        ("PEOPLE", "saving", "2025-26", 50, *[None] * 8, None),
    ]


def test_a_saving_that_two_strategies_list_counts_once_under_the_first_by_name(measure):
    given(
        measure,
        ("S1", "[DIGITAL, PEOPLE]", "2025-26", JUNE, "true", 200, 50, 40, 160, 0, 0, 200),
        ("S2", "[OTHER, PEOPLE]", "2025-26", JUNE, "true", 30, 5, 4, 26, 0, 0, 30),
    )

    rows = measure.table("strategy_savings", "2025-26-Q1")

    targets = {(row[1], row[4]): row[6] for row in rows if row[6] is not None}
    assert targets == {("DIGITAL", "2025-26"): 200, ("PEOPLE", "2025-26"): 30}
