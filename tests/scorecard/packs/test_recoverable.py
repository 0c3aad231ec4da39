"""A number that few may see does not follow from what many are shown."""

from dataclasses import replace
from decimal import Decimal

import pytest
from test_variants import ALL

from scorecard.packs.build import build
from scorecard.packs.leaks import Leak, check_no_leak
from scorecard.packs.measures import Measure
from scorecard.packs.records import Figures
from scorecard.packs.recoverable import Shown
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
