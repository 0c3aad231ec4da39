from decimal import Decimal


def test_what_the_list_leaves_out_follows_from_fte_and_the_calendar(measure):
    measure.given(
        "accepted_workforce",
        """
        month    directorate  persona  fte  contracted_fte_days  leave_fte_days  hours_per_day
        2025-05  HR           fixed    10   199                  9               7.0
        2025-05  ICT          fixed    10   -                    9.5             -
        2025-05  -            fixed    10   -                    -               -
        """,
    )

    columns = (
        "directorate",
        "working_days",
        "contracted_fte_days",
        "worked_fte_days",
        "hours_per_day",
    )
    assert measure.clean("workforce", *columns) == [
        ("HR", 20, 199, 190, 7),
        ("ICT", 20, 200, Decimal("190.5"), Decimal("7.4")),
        ("UNKNOWN", 20, 200, None, Decimal("7.4")),
    ]


def test_a_row_sent_again_replaces_the_one_before(measure):
    measure.given(
        "accepted_workforce",
        """
        month    directorate  persona  fte  _extract_id  _row
        2025-05  HR           fixed    10   1            5
        2025-05  HR           fixed    11   2            3
        2025-05  HR           hybrid   12   1            6
        """,
    )

    assert measure.clean("workforce", "persona", "fte") == [("fixed", 11), ("hybrid", 12)]
