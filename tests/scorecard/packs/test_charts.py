"""Charts: what is drawn for which numbers; short and reset series are labelled (PK-92)."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree

from scorecard.packs import charts, scales
from scorecard.packs.labels import apart
from scorecard.packs.scales import NARROW, WIDE
from scorecard.packs.series import Mark, Point

COLOURS = [
    (scales.VALUE, 4.5), (scales.TEXT, 4.5), (scales.LIMIT, 3), (scales.TARGET, 3),
    *((colour, 3) for colour in scales.SPECIAL.values()),
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


def with_limits(series, *points):
    """The series with a point for each of (value, mean, lower, upper) and what else is given."""
    names = ("value", "mean", "lower", "upper")
    made = []
    for place, (numbers, given) in enumerate(points):
        month = f"{2023 + (3 + place) // 12}-{(3 + place) % 12 + 1:02d}"
        told = zip(names, numbers, strict=True)
        decimals = {name: None if n is None else Decimal(n) for name, n in told}
        made.append(Point(month, f"Apr {place:02d}", text="", **decimals, **given))
    return replace(series, points=tuple(made), marks=())


def with_target(series, low, high=None):
    """The series with one target, or range, for all its months."""
    return with_targets(series, *[(low, high or low)] * len(series.points))


def with_targets(series, *targets):
    """The series with a target for each month; None where there was none."""
    pairs = zip(series.points, targets, strict=True)
    points = tuple(
        replace(
            point,
            target_low=target and Decimal(target[0]),
            target_high=target and Decimal(target[1]),
        )
        for point, target in pairs
    )
    return replace(series, points=points)


def names_of_lines(chart):
    """The names at the right end, from the top: text and height."""
    found = [(float(t.get("y")), t.text) for t in chart.iter("text") if t.get("font-weight")]
    return sorted(found)


STEADY = (("90", "90", "89.9", "90.1"), {})


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
def test_every_line_is_named_at_its_right_end_and_no_name_covers_another(series, size):
    drawn_close = with_target(with_limits(series, *[STEADY] * 36), 90)
    names = names_of_lines(drawn(drawn_close, size))

    assert len(names) == 5
    assert [b - a for (a, _), (b, _) in pairwise(names) if b - a < 14] == []
    assert names[0][0] >= scales.TOP
    assert names[-1][0] <= size.height - scales.BOTTOM


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([30, 60], [30, 60]),
        ([30, 40], [30, 44]),
        ([30, 43, 44], [30, 44, 58]),
        ([10, 99], [26, 99]),
        ([90, 98, 120], [72, 86, 100]),
    ],
)
def test_names_are_pushed_apart_and_stay_on_the_paper(heights, expected):
    assert apart([Decimal(height) for height in heights], 14, 26, 100) == expected


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
@pytest.mark.parametrize("months", [3, 12, 27, 36])
def test_no_months_label_is_cut_or_covers_the_next(series, size, months):
    chart = drawn(with_limits(series, *[STEADY] * months), size)
    labels = [t for t in chart.iter("text") if re.fullmatch(r"Apr \d\d", t.text or "")]
    half = size.font * 3.5 / 2  # six letters and figures, most of them narrow
    middles = [float(t.get("x")) for t in labels]

    assert labels[-1].text == f"Apr {months - 1:02d}"
    assert middles[-1] + half < size.width
    assert [b - a for a, b in pairwise(middles) if b - a < 2 * half] == []


def test_a_long_value_is_named_without_its_unit_where_there_is_little_room(series):
    pages = replace(series, unit="pages", decimals=0)
    long = with_limits(pages, *[(("1250000", None, None, None), {})] * 3)

    assert [n for _, n in names_of_lines(drawn(long, WIDE))] == ["1.25m pages"]
    assert [n for _, n in names_of_lines(drawn(long, NARROW))] == ["1.25m"]


@pytest.mark.parametrize(
    ("size", "is_trial", "expected"),
    [
        (WIDE, False, ["Upper limit", "Apr 07: 90.0%", "Mean", "Lower limit"]),
        (WIDE, True, ["Upper trial limit", "Apr 07: 90.0%", "Mean", "Lower trial limit"]),
        (NARROW, False, ["Upper", "90.0%", "Mean", "Lower"]),
        (NARROW, True, ["Trial", "90.0%", "Mean", "Trial"]),
    ],
)
def test_trial_limits_are_called_so(series, size, is_trial, expected):
    points = [(("90", "90", "80", "100"), {"is_trial": is_trial})] * 8

    assert [n for _, n in names_of_lines(drawn(with_limits(series, *points), size))] == expected


def test_lines_break_at_a_reset_and_limits_not_at_a_month_without_a_figure(series):
    first, second = ("90", "90", "80", "100"), ("70", "70", "65", "75")
    gap = ((None, None, None, None), {})
    points = [(first, {}), gap, (first, {}), (second, {"is_reset": True}), (second, {})]
    chart = drawn(with_limits(series, *points))
    runs = {
        dashes: [len(p.get("points").split()) for p in chart.iter("polyline")
                 if p.get("stroke-dasharray") == dashes]
        for dashes in (None, "6 4", "2 4")
    }  # fmt: skip

    assert runs == {None: [1, 1, 2], "6 4": [2, 2], "2 4": [2, 2, 2, 2]}


def test_events_of_one_month_share_their_line(series):
    marks = (Mark("2025-05", "one"), Mark("2025-05", "two"), Mark("2025-06", "three"))
    texts = [t.text for t in drawn(replace(series, marks=marks)).iter("text")]

    assert [text for text in texts if text in ("1", "2", "3", "1, 2")] == ["1, 2", "3"]


def test_a_month_without_a_figure_breaks_the_line(series):
    chart = drawn(with_values(series, "90", None, "91"))

    assert len(list(chart.iter("circle"))) == 2
    assert [len(p.get("points").split()) for p in chart.iter("polyline")] == [1, 1]


def test_a_single_target_is_a_line_and_a_range_is_a_band(series):
    single = drawn(with_target(series, 90))
    band = drawn(with_target(series, 80, 90))

    assert len(single.xpath(f"//line[@stroke='{scales.TARGET}']")) == 1
    assert single.xpath("//rect") == []
    assert len(band.xpath(f"//rect[@fill='{scales.BAND}']")) == 1
    assert band.xpath(f"//line[@stroke='{scales.TARGET}']") == []


def test_a_target_that_changed_steps_at_the_month_from_which_the_next_holds(series):
    chart = drawn(with_targets(series, (88, 88), (88, 88), (90, 90)))
    lines = chart.xpath(f"//line[@stroke='{scales.TARGET}']")
    middle = (
        float(drawn(series).xpath("//circle")[1].get("cx")),
        float(drawn(series).xpath("//circle")[2].get("cx")),
    )
    step = f"{sum(middle) / 2:.1f}"

    assert [(line.get("x1"), line.get("x2")) for line in lines] == [
        (f"{WIDE.left}.0", step), (step, f"{WIDE.width - WIDE.right}.0")]  # fmt: skip
    assert float(lines[0].get("y1")) > float(lines[1].get("y1"))


def test_a_range_that_came_later_is_a_band_from_its_month_on(series):
    chart = drawn(with_targets(series, None, (80, 90), (85, 95)))
    bands = chart.xpath(f"//rect[@fill='{scales.BAND}']")

    assert len({band.get("y") for band in bands}) == len(bands) == 2
    assert float(bands[0].get("x")) > WIDE.left


@pytest.mark.parametrize(
    ("variation", "shape"),
    [
        ("", None),
        ("Common cause", None),
        ("Improvement high", ("improvement", "M0-6L6 5H-6z")),
        ("Improvement low", ("improvement", "M0 6L6-5H-6z")),
        ("Concern high", ("concern", "M0-6L6 5H-6z")),
        ("Concern low", ("concern", "M0 6L6-5H-6z")),
        ("Neutral high", ("neutral", "M-5-5h10v10h-10z")),
        ("Neutral low", ("neutral", "M-5-5h10v10h-10z")),
    ],
)
def test_a_special_cause_has_a_shape_and_a_colour_of_its_own(series, variation, shape):
    chart = drawn(with_values(series, "90", "91", "92", variation=variation))
    expected = [(scales.SPECIAL[shape[0]], shape[1])] * 3 if shape else []

    assert [(path.get("fill"), path.get("d")) for path in chart.iter("path")] == expected


@pytest.mark.parametrize(
    "values", [("0", "0", "0"), ("5", "5", "5"), ("-3", "0", "4"), ("1e7", "2e7", "3e7")]
)
def test_any_numbers_can_be_drawn(series, values):
    lone = with_values(series, *values, target_low=None, target_high=None)
    heights = [float(c.get("cy")) for c in drawn(lone).iter("circle")]

    assert all(scales.TOP - 1 <= height <= WIDE.height - scales.BOTTOM + 1 for height in heights)


@pytest.mark.parametrize(("colour", "least"), COLOURS)
def test_every_colour_is_seen_on_white(colour, least):
    assert (1 + 0.05) / (luminance(colour) + 0.05) >= least


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
