"""Open data have as numbers what the Summary says in words: target ranges and intervals."""

from decimal import Decimal

import pytest
from test_kpi_sheets import with_range

from scorecard.packs.build import build
from scorecard.packs.open_data import write


def summary(content, kpi):
    rows = write(content)["data/kpi_summary.csv"].decode().splitlines()
    told = [dict(zip(rows[0].split(","), row.split(","), strict=True)) for row in rows[1:]]
    return next(row for row in told if row["kpi_id"] == kpi)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("16", "24", ("", "16.0", "24.0")), (None, "24", ("", "", "24.0")),
     ("16", None, ("", "16.0", ""))],
)  # fmt: skip
def test_a_target_range_has_its_two_ends(records, low, high, expected):
    row = summary(build(with_range(records, low, high)), "tickets_solved")

    assert tuple(row[name] for name in ("target", "target_low", "target_high")) == expected


def test_an_estimate_has_its_interval_and_a_count_has_none(changed):
    content = build(changed("net_emissions_avoided", numerator=Decimal("3.7"), value=Decimal("3.7"),
                            lower=Decimal("3.04"), upper=Decimal("4.41")))  # fmt: skip
    bounds = [
        tuple(summary(content, kpi)[name] for name in ("lower_bound", "upper_bound"))
        for kpi in ("net_emissions_avoided", "pages_printed")
    ]

    assert bounds == [("3.0", "4.4"), ("", "")]


def test_a_withheld_figure_has_no_interval_either(changed):
    content = build(changed("net_emissions_avoided", state="suppressed", lower=Decimal(3),
                            upper=Decimal(4)))  # fmt: skip

    assert summary(content, "net_emissions_avoided")["lower_bound"] == ""


def test_a_single_target_stands_in_its_own_column(changed):
    content = build(changed("tickets_solved", target=Decimal(90)))
    row = summary(content, "tickets_solved")

    assert [row[name] for name in ("target", "target_low", "target_high")] == ["90.0", "", ""]
