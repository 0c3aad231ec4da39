"""Charts: what is drawn for which numbers."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree

from scorecard.packs import charts
from scorecard.packs.charts import NARROW, WIDE

COLOURS = [
    (charts.VALUE, 4.5), (charts.TEXT, 4.5), (charts.LIMIT, 3), (charts.TARGET, 3),
    *((colour, 3) for colour in charts.SPECIAL.values()),
]  # fmt: skip


@pytest.fixture
def series(content):
    return content.series[0]


def drawn(series, size=WIDE):
    return etree.fromstring(charts.draw(series, size))


def with_values(series, *values, **point):
    months = zip(series.points, values, strict=True)
    points = tuple(replace(p, value=None if v is None else Decimal(v), **point) for p, v in months)
    return replace(series, points=points)


def test_no_label_leaves_the_paper_and_none_covers_another(series):
    for size in (WIDE, NARROW):
        chart = drawn(with_values(series, "90.0", "90.1", "90.2"), size)
        heights = sorted(
            float(t.get("y")) for t in chart.iter("text") if float(t.get("x")) > size.width - 148
            and t.get("text-anchor") is None
        )  # fmt: skip
        assert [b - a for a, b in pairwise(heights) if b - a < 14] == []
        places = [float(t.get("y")) for t in chart.iter("text")]
        assert min(places) > 8
        assert max(places) < size.height


def test_a_month_without_a_figure_breaks_the_line(series):
    chart = drawn(with_values(series, "90", None, "91"))

    assert len(list(chart.iter("circle"))) == 2
    assert [len(p.get("points").split()) for p in chart.iter("polyline")] == [1, 1]


def test_a_single_target_is_a_line_and_a_range_is_a_band(series):
    single = drawn(replace(series, target_low=Decimal(90), target_high=Decimal(90)))
    band = drawn(replace(series, target_low=Decimal(80), target_high=Decimal(90)))

    assert len(single.xpath(f"//line[@stroke='{charts.TARGET}']")) == 1
    assert single.xpath("//rect") == []
    assert len(band.xpath(f"//rect[@fill='{charts.BAND}']")) == 1
    assert band.xpath(f"//line[@stroke='{charts.TARGET}']") == []


@pytest.mark.parametrize(
    ("variation", "shapes"),
    [("", 0), ("Improvement high", 3), ("Concern low", 3), ("Neutral high", 3)],
)
def test_a_special_cause_has_a_shape_of_its_own(series, variation, shapes):
    chart = drawn(with_values(series, "90", "91", "92", variation=variation))

    assert len(list(chart.iter("path"))) == shapes


@pytest.mark.parametrize(
    "values", [("0", "0", "0"), ("5", "5", "5"), ("-3", "0", "4"), ("1e7", "2e7", "3e7")]
)
def test_any_numbers_can_be_drawn(series, values):
    lone = replace(with_values(series, *values), target_low=None, target_high=None)
    heights = [float(c.get("cy")) for c in drawn(lone).iter("circle")]

    assert all(charts.TOP - 1 <= height <= WIDE.height - charts.BOTTOM + 1 for height in heights)


@pytest.mark.parametrize(("colour", "least"), COLOURS)
def test_every_colour_is_seen_on_white(colour, least):
    assert (1 + 0.05) / (luminance(colour) + 0.05) >= least


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
