"""Rows of directorates that did not exist on the first day of their month."""

import pytest


@pytest.mark.parametrize(
    ("ends", "counted"),
    [("-", []), ("2025-06-01", []), ("2025-05-31", ["2025-06"]), ("2025-04-30", ["2025-05", "2025-06"])],
)  # fmt: skip
def test_a_row_of_a_directorate_that_had_ended_is_counted_in_its_month(measure, ends, counted):
    measure.given(
        "directorates",
        f"""
        code  name     effective_from  effective_to
        HOU   Housing  2018-04-01      {ends}
        PLA   Place    2018-04-01      -
    """,
    )
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  opened_at
        INC1       HOU          2025-05-31 22:59:59
        INC2       HOU          2025-05-31 23:00:00
        INC3       PLA          2025-06-30 22:59:59
        INC4       UNKNOWN      2025-06-30 22:59:59
    """,
    )

    found = measure.table("rows_of_ended", "2025-05", "2025-06")
    assert found == [("tickets", month, "HOU", 1) for month in counted]


def test_every_table_whose_sender_names_directorates_is_looked_at(measure):
    measure.given("directorates", "code  name  effective_from  effective_to")
    measure.given("clean_ledger", "month    directorate\n2025-06  HOU")
    measure.given("clean_savings", "month    directorate\n2025-06  HOU\n2025-06  HOU")
    measure.given("clean_workforce", "month    directorate\n2025-06  HOU")
    measure.given(
        "clean_staff",
        """
        month    directorate  is_listed
        2025-06  HOU          true
        2025-07  HOU          false
    """,
    )

    assert measure.table("rows_of_ended", "2025-06") == [
        ("ledger", "2025-06", "HOU", 1),
        ("savings", "2025-06", "HOU", 2),
        ("staff", "2025-06", "HOU", 1),
        ("workforce", "2025-06", "HOU", 1),
    ]
