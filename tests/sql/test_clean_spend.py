from decimal import Decimal


def test_payments_are_added_by_month_in_the_publishers_words(measure):
    measure.given(
        "accepted_spend",
        """
        paid_on     directorate  capital_flag  net_amount  vat_amount
        2016-01-31  Adults       false         10.50       1.00
        2016-01-01  Adults       false         -0.50       -
        2016-01-01  Adults       true          7.00        -
        2016-02-01  -            false         3.00        -
        """,
    )

    columns = ("month", "directorate", "is_capital", "payment_lines", "net_amount", "vat_amount")
    assert measure.clean("spend", *columns) == [
        ("2016-01", "Adults", False, 2, Decimal("10"), 1),
        ("2016-01", "Adults", True, 1, 7, None),
        ("2016-02", "UNKNOWN", False, 1, 3, None),
    ]
