"""Metered offices in the pack: beside the net and never in it, and nothing without meters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from carbon_records import ROLLING, all_figures, figure, with_carbon

from scorecard import gather
from scorecard.meters import Reading
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import NET, OFFICE, WITH_OFFICE, Carbon
from scorecard.packs.carbon_pictures import waterfall
from scorecard.packs.records import Figures

OFFICES = {
    "office_kg": "8484.6", "office_lower_kg": "-2000", "office_upper_kg": "19000",
    "with_office_kg": "20067.012", "with_office_lower_kg": "5000", "with_office_upper_kg": "37000",
    "naive_change_kg": "7000", "activity_effect_kg": "8484.6", "factor_effect_kg": "-1484.6",
    "grade": "B", "factor_year": "2025",
}  # fmt: skip
GONE = {"missing": ["office energy not known: no meters read for 2025-26-Q1"]}


def pack(records, office=None, *more):
    """A pack of the worked example; `office`: what its meters say."""
    details = {"office": office} if office else None
    return build(with_carbon(records, *all_figures(details=details), *more))


def rows(content, name):
    return [tuple(cell.text for cell in row) for row in content.sheet(name).rows]


def test_without_meters_no_sheet_row_step_or_sentence_tells_of_offices(records):
    content = pack(records)
    assert not content.has("Carbon_office")
    for name in ("Carbon_waterfall", "Carbon_effects"):
        assert [row for row in rows(content, name) if "office" in " ".join(row).lower()] == []
    assert "office energy" not in " ".join(content.carbon.sentences).lower()
    assert "it is not known, which is not the same as zero" in content.carbon.not_counted[0]


def test_the_net_says_the_same_with_meters_and_without(records):
    plain, metered = pack(records).carbon, pack(records, OFFICES).carbon
    assert (plain.headline, plain.facts) == (metered.headline, metered.facts)
    assert metered.sentences[: len(plain.sentences) - 1] == plain.sentences[:-1]
    assert [t.rows for t in plain.directorates] == [t.rows for t in metered.directorates]


def test_the_line_and_the_net_with_it_stand_apart_from_the_net_with_intervals_of_their_own(records):
    content = pack(records, OFFICES)
    told = [r[1:6] for r in rows(content, "Carbon_office") if r[0] == ROLLING]
    assert told == [
        ("Net avoided", "12,000", "−1,000", "25,000", "D (default)"),
        ("Avoided office energy", "8,000", "−2,000", "19,000", "B (recorded)"),
        ("Net with office energy", "20,000", "5,000", "37,000", "D (default)"),
    ]
    table = {row[0].text: row[1].text for row in content.carbon.lines.rows}
    assert table["Net avoided"] == "12 t (−1 to 25 t)"
    assert table["Net with office energy"] == "20 t (5 to 37 t)"
    assert content.carbon.sentences[-2:] == (
        "Energy of the offices, metered and not in this net: 8 t CO2e, 95% interval −2 to 19 t; "
        "not distinguishable from zero.",
        "Net with office energy, another figure: about 20 t CO2e avoided (95% interval 5 to 37 t).",
    )
    assert "is not in the net" in content.carbon.not_counted[0]


def test_the_waterfall_goes_on_from_the_net_to_the_net_with_offices(records):
    content = pack(records, OFFICES)
    steps = ["Net avoided", "Avoided office energy", "Net with office energy"]
    assert [row[0] for row in rows(content, "Carbon_waterfall")][-3:] == steps
    drawn = next(p for p in content.carbon.pictures if p.name == "waterfall")
    assert [(bar.name, bar.kind) for bar in drawn.bars[-3:]] == [
        (steps[0], "total"), (steps[1], "avoided"), (steps[2], "total"),
    ]  # fmt: skip
    net, office, whole = drawn.bars[-3:]
    assert (office.start, office.end) == (net.end, net.end + Decimal("8484.6"))
    assert whole.end == Decimal("20067.012")
    assert "of the net with office energy 5 to 37 t" in drawn.alt


def test_more_office_energy_is_a_step_down_and_is_said_as_an_increase(records):
    worse = {
        **OFFICES,
        "office_kg": "-8000",
        "office_lower_kg": "-9000",
        "office_upper_kg": "-7000",
    }
    content = pack(records, worse)
    drawn = waterfall(
        Carbon(with_carbon(records, *all_figures(details={"office": worse})), ROLLING)
    )
    assert (drawn.bars[5].kind, drawn.bars[5].text) == ("added", "−8.0 t")
    assert "emissions increased by about 8.0 t" in content.carbon.sentences[-2]


def test_the_effects_of_offices_are_a_row_beside_those_of_the_net(records):
    found = {r[2]: r[3:] for r in rows(pack(records, OFFICES), "Carbon_effects") if r[0] == ROLLING}
    assert found["Avoided office energy"] == ("7,000.000", "8,484.600", "−1,484.600")
    assert found["Net avoided"] == ("1,294.988", "2,798.654", "−1,503.666")


def test_a_period_without_a_reading_says_which_and_never_zero(records):
    content = pack(records, GONE)
    assert content.carbon.sentences[-1] == (
        "Office energy not known: no meters read for 2025-26-Q1."
    )
    assert [r[2] for r in rows(content, "Carbon_office")][1:3] == ["[x]", "[x]"]
    assert [r[0] for r in rows(content, "Carbon_waterfall")][-1] == "Net avoided"
    assert "it is not known, which is not the same as zero" in content.carbon.not_counted[0]


@pytest.mark.parametrize("partial", [False, True])
def test_a_net_that_lacks_a_line_has_no_net_with_offices_and_says_why(records, partial):
    known = {name: told for name, told in OFFICES.items() if not name.startswith("with_")}
    lacks = {"missing": ["printing not known: HR"], "office": known}
    net = figure(NET, flags=("estimated", "partial"), details=lacks)
    content = pack(records, OFFICES, *([net] if partial else []))
    said = content.carbon.sentences[-1]
    assert ("not known, because the net is partial: printing not known" in said) is partial


def test_a_home_share_that_hardly_moved_leaves_the_meters_as_they_are(records):
    small = with_carbon(
        records,
        *all_figures(flags=("too_small_to_estimate",), details={"office": OFFICES}),
    )
    main = Carbon(small, ROLLING)
    assert main.cell(OFFICE) == "8 t (−2 to 19 t)"
    assert main.cell(WITH_OFFICE) == main.cell(NET) == "too small to estimate"
    assert build(small).carbon.sentences[-1] == (
        "Net with office energy, another figure: too small to estimate."
    )


def test_the_sheet_says_where_the_readings_come_from(records):
    read = Reading(
        "2025-26-Q1", Decimal(1), Decimal(1), "B", "Bills", date(2025, 7, 1), "One is estimated."
    )
    other = replace(read, quarter="2019-20-Q1")
    metered = with_carbon(records, *all_figures(details={"office": OFFICES}))
    council = replace(metered.council, readings=(read, other))
    remarks = build(replace(metered, council=council)).sheet("Carbon_office").remarks
    assert remarks[-1] == "2025-26-Q1, B (recorded): Bills; One is estimated."
    assert [each for each in remarks if "2019-20" in each] == []


def test_the_factors_of_offices_are_among_those_that_the_pack_lists_and_say_what_they_are_for(
    records,
):
    used = {"office": {**OFFICES, "factors_used": ["natural_gas_gross_cv 2025"]}}
    net = figure(NET, details={"factors_used": ["electricity_td 2025"], **used})
    as_at = datetime(2025, 7, 15, tzinfo=UTC)
    listed = gather._factors(Figures((net,)), records.quarter, as_at)
    metered = replace(with_carbon(records, net), factors=listed)
    reading = Reading("2025-26-Q1", Decimal(1), Decimal(1), "B", "Bills", date(2025, 7, 1))
    with_meters = replace(metered, council=replace(metered.council, readings=(reading,)))

    for content, electricity in ((metered, "Printing"), (with_meters, "Printing, metered offices")):
        told = [(row[0], row[-1]) for row in rows(build(content), "Factors")]
        assert told == [
            ("electricity_td", electricity),
            ("natural_gas_gross_cv", "Metered offices"),
        ]
