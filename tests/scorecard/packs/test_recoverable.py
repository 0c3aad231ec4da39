"""A number that few may see does not follow from what many are shown."""

from dataclasses import replace
from decimal import Decimal

import pytest
from test_variants import ALL

from scorecard.packs.build import build
from scorecard.packs.leaks import Leak, check_no_leak
from scorecard.packs.measures import Measure
from scorecard.packs.records import Figures
from scorecard.packs.recoverable import Shown, significant, told_by
from scorecard.packs.variants import picked

SECRET = (812, 455, 1207, 96, 2310, 77, 640, 1931)
OTHER = (31, 870, 112, 505, 64, 999, 208, 45)
THIRD = (402, 18, 77, 341, 29, 860, 5, 1444)
ONES = (1,) * 8


def measure(numbers, name="", blur=0.005):
    places = [(f"2025-26-Q{1 + n % 4}", f"D{n // 4}") for n in range(len(numbers))]
    told = {place: n for place, n in zip(places, numbers, strict=True) if n is not None}
    return Measure(name, {place: float(n) for place, n in told.items()}, blur)


def added(*measures):
    return [sum(parts) for parts in zip(*measures, strict=True)]


def minus(numbers):
    return [-n for n in numbers]


@pytest.mark.parametrize(
    ("shown", "is_told"),
    [
        ({"same": SECRET}, True),
        ({"one of eight": (*SECRET[:7], None)}, True),
        ({"one differs in most": (*SECRET[:7], 1930)}, True),
        ({"most differ": (*SECRET[:3], *OTHER[3:])}, False),
        ({"too few to say": (*(None,) * 3, 96, None, 77, None, None)}, False),
        ({"in hundredths": [n / 100 for n in SECRET]}, True),
        ({"in reams": [n / 500 for n in SECRET]}, True),
        ({"in no known scale": [n / 517 for n in SECRET]}, False),
        ({"total": added(SECRET, OTHER)}, False),
        ({"total": added(SECRET, OTHER), "rest": OTHER}, True),
        ({"total": added(SECRET, OTHER, THIRD), "rest": OTHER}, False),
        ({"total": added(SECRET, OTHER, THIRD), "rest": OTHER, "third": THIRD}, True),
        ({"less": added(SECRET, minus(OTHER)), "rest": OTHER}, True),
        ({"always one": ONES, "another": OTHER}, False),
    ],
    ids=lambda case: " and ".join(case) if isinstance(case, dict) else "",
)
def test_a_measure_follows_from_itself_a_scale_or_a_sum_of_up_to_three(shown, is_told):
    table = Shown([measure(numbers, name) for name, numbers in shown.items()])

    assert set(table.tells(measure(SECRET))) == (set(shown) if is_told else set())


@pytest.mark.parametrize(
    ("rest", "is_told"), [([12.4, 61.0, 33.9, 70.2, 8.8], True), ([12.6, 61.0, 33.9, 70.2], False)]
)
def test_a_share_follows_from_the_share_of_all_others(rest, is_told):
    shares = [87.6, 39.0, 66.1, 29.8, 91.2][: len(rest)]

    assert Shown([measure(rest, "rest", 0.05)]).tells(measure(shares, "", 0.05)) == (
        ("rest",) if is_told else ()
    )


WHOLE = (2044, 963, 1530, 412, 2655, 301, 1188, 2020)


def ratio(above, below, name="", decimals=1):
    """A percentage as it is printed."""
    shares = [round(100 * a / b, decimals) for a, b in zip(above, below, strict=True)]
    return replace(measure(shares, name, 0.5 * 10.0**-decimals), is_ratio=True)


@pytest.mark.parametrize(
    ("shown", "is_told"),
    [
        ({"secret of whole": (SECRET, WHOLE), "other of whole": (OTHER, WHOLE)}, True),
        ({"secret of whole": (SECRET, WHOLE), "other of third": (OTHER, THIRD)}, False),
        ({"secret of whole": (SECRET, WHOLE)}, False),
    ],
)
def test_a_ratio_follows_from_two_shown_ratios_of_one_whole(shown, is_told):
    table = Shown([ratio(*parts, name) for name, parts in shown.items()])

    told = table.tells(ratio(OTHER, SECRET))
    assert set(told) == (set(shown) if is_told else set())


def test_a_quotient_of_counts_is_no_quotient_of_ratios():
    whole = [measure(SECRET, "secret"), measure(OTHER, "other")]

    assert Shown(whole).tells(ratio(OTHER, SECRET)) == ()


QUARTERS = [f"{year}-Q{n}" for year in ("2023-24", "2024-25", "2025-26") for n in (1, 2, 3, 4)]
PAGES = (28528, 30112, 27440, 26218, 25903, 28847, 26002, 24119, 22871, 24456, 23907, 21315)


def by_quarter(numbers, name="", blur=0.005):
    told = zip(QUARTERS, numbers, strict=True)
    return Measure(name, {(q, "ICT"): float(n) for q, n in told if n is not None}, blur)


def since(base):
    """Each quarter's pages, and those that they are compared with; none for the first year."""
    return [None] * 4 + [(PAGES[n], base(n)) for n in range(4, 12)]


BASES = {
    "2023-24": lambda n: PAGES[n % 4],
    "a year before": lambda n: PAGES[n - 4],
    "the period before": lambda n: PAGES[n - 1],
    "2023-24 and 2024-25": lambda n: (PAGES[n % 4] + PAGES[n % 4 + 4]) / 2,
}
HOW = {
    "value": lambda now, then: then,
    "difference": lambda now, then: now - then,
    "change in percent": lambda now, then: round(100 * (then - now) / then, 1),
}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("how", HOW)
def test_a_measure_follows_from_what_one_was_before_or_what_has_changed_since(how, base):
    made = [pair and HOW[how](*pair) for pair in since(BASES[base])]
    wanted = by_quarter(made, blur=0.05 if "percent" in how else 0.005)

    (told,) = Shown([by_quarter(PAGES, "Pages")]).tells(wanted)[:1]

    assert told.startswith(f"Pages, {how} since ")


def test_a_measure_does_not_follow_from_a_change_of_other_numbers():
    made = [pair and HOW["change in percent"](*pair) for pair in since(BASES["2023-24"])]
    other = by_quarter([n * n % 9973 for n in PAGES], "Other")

    assert Shown([other]).tells(by_quarter(made, blur=0.05)) == ()


def figures_of(record, *parts):
    """A KPI's figures for a quarter: numerator, denominator and value of each directorate."""
    return Figures(tuple(
        replace(record, directorate=f"D{n}", numerator=Decimal(above), denominator=Decimal(below),
                value=Decimal(value))
        for n, (above, below, value) in enumerate(parts)
    ))  # fmt: skip


ONE, ANOTHER = ("24018.94", "28328", "84.8"), ("41854.15", "42239.35", "99.1")


@pytest.mark.parametrize(
    ("figure", "shown", "is_told"),
    [
        (ONE, {"over": 24018.94, "under": 28328}, True),
        (ONE, {"over": 24018.94, "under": 28327}, False),
        (ONE, {"over": 24018.94}, False),
        (("24018.94", "2832", "848.1"), {"over": 24018.94, "under": 2832}, False),
        (("24018.94", "28000", "85.8"), {"over": 24018.94, "under": 28000}, False),
        (("3", "7", "42.9"), {"over": 3, "under": 7}, False),
        (("1", "1", "281634"), {"value": 281634}, True),
        (("1", "1", "28163"), {"value": 28163}, False),
    ],
)
def test_a_single_figure_follows_if_it_stands_with_enough_digits(records, figure, shown, is_told):
    definition, figures, places = two_figures(records, figure)
    table = Shown([Measure(n, {places[0]: float(shown[n]), places[1]: 7.0}) for n in shown])

    assert set(told_by(definition, figures, table)) == (set(shown) if is_told else set())


def test_both_parts_of_different_figures_tell_none(records):
    definition, figures, (first, second) = two_figures(records, ONE)
    table = Shown([
        Measure("over", {first: 24018.94, second: 7.0}),
        Measure("under", {first: 7.0, second: 42239.35}),
    ])  # fmt: skip

    assert told_by(definition, figures, table) == ()


def two_figures(records, figure):
    """A ratio with a figure and another, and their places."""
    definition = replace(records.definition("tickets_solved"), kind="ratio", decimals=1)
    record = replace(records.figures.of("pages_printed", "quarter")[-1], kpi_id=definition.id)
    figures = figures_of(record, figure, ANOTHER)
    return definition, figures, [(f.period, f.directorate) for f in figures.rows]


@pytest.mark.parametrize(
    ("number", "digits"), [(28328, 5), (24018.94, 7), (28000, 2), (0.05, 1), (-1.5, 2), (0, 0)]
)
def test_zeros_at_the_ends_of_a_number_tell_nothing(number, digits):
    assert significant(number) == digits


def with_secret(records, below):
    """Pages printed is internal; what tickets are solved of is so many."""
    secret = {"kpi_id": "pages_secret"}
    definition = replace(
        records.definition("pages_printed"), id="pages_secret", code="SEC-01", title="Hush",
        visibility="internal",
    )  # fmt: skip
    rows, n = [], 0
    for row in records.figures.rows:
        if row.kpi_id == "tickets_solved":
            n += 1
            count = Decimal(1000 + 37 * n * n)
            rows.append(replace(row, denominator=below(count)))
            rows.append(replace(row, **secret, numerator=count, denominator=Decimal(1),
                                value=count))  # fmt: skip
        else:
            rows.append(row)
    return replace(
        records,
        definitions=(*records.definitions, definition),
        figures=Figures(tuple(rows)),
        edition=replace(records.edition, visibility="public"),
    )


def test_a_pack_whose_denominators_are_a_hidden_kpi_is_refused_with_the_way_out(records):
    chosen = picked(with_secret(records, lambda count: count), ALL)

    with pytest.raises(
        Leak,
        match=r"^2025-26-Q1/officer/r1: 'pages_secret' is internal, and its number follows from .*"
        r"KPI_figures, tickets_solved, Denominator\. Give .*, or make 'pages_secret' public\.$",
    ):
        check_no_leak(build(chosen), chosen)


def test_a_pack_whose_numbers_are_all_others_is_not_refused(records):
    chosen = picked(with_secret(records, lambda count: count * count % 997), ALL)

    check_no_leak(build(chosen), chosen)


def test_who_may_see_a_kpi_is_refused_nothing(records):
    known = with_secret(records, lambda count: count)
    known = replace(known, edition=replace(known.edition, visibility="internal"))
    chosen = picked(known, ALL)

    check_no_leak(build(chosen), chosen)
