"""What a pack says beside a rating: forecast, original target, reorganisation, commentary."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from lxml import html

from scorecard.commentary import Comment
from scorecard.decisions import Directorate
from scorecard.packs import webpage, workbook
from scorecard.packs.build import build
from scorecard.packs.records import Figures

KPI = "tickets_solved"
HOSTILE = "<script>alert(1)</script>\"'&"
RED = {"rag": "red", "rag_basis": "abs_tolerance: too far"}


def cells(content, sheet, **wanted):
    """The texts of the first row with these cells, by heading."""
    table = content.sheet(sheet)
    rows = ({h: c.text for h, c in zip(table.columns, row, strict=True)} for row in table.rows)
    return next(
        row for row in rows if all(row[h.replace("_", " ")] == t for h, t in wanted.items())
    )


def section(content, kpi=KPI):
    return next(s for theme in content.themes for s in theme.kpis if s.kpi_id == kpi)


def text_of(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def rebased(records):
    """The records of a council that lowered a target in April 2025."""
    (old,) = records.council.targets
    new = replace(
        old, effective_from=date(2025, 4, 1), target=Decimal(85),
        decision="Cabinet, minute 9", reason="Out of reach",
    )  # fmt: skip
    return replace(records, council=replace(records.council, targets=(old, new)))


def with_figure(records, kpi=KPI, directorate="COUNCIL", **given):
    rows = tuple(
        replace(row, **given)
        if (row.kpi_id, row.period, row.directorate) == (kpi, "2025-26-Q1", directorate)
        else row
        for row in records.figures.rows
    )
    return replace(records, figures=Figures(rows))


def said(cause="Two posts are empty", directorate="COUNCIL", **given):
    made = Comment(
        "2025-26-Q1", KPI, directorate, cause, "Both are advertised", "Head of Desk",
        date(2025, 9, 30), "Analyst", datetime(2025, 7, 20, tzinfo=UTC),
    )  # fmt: skip
    return replace(made, **given)


def test_a_rebased_target_is_printed_with_the_original_its_decision_and_the_other_colour(rebased):
    colours = {"rag": "green", "details": {"original_rag": "red"}}
    content = build(with_figure(rebased, **colours))
    history = (
        "Target 85.0% (originally 90.0%, Cabinet); changed on 1 April 2025 by Cabinet, minute 9: "
        "Out of reach."
    )

    assert cells(content, "Summary", KPI_id=KPI)["Notes"] == (
        f"Green; Red by the original target. {history}"
    )
    assert (history in section(content).paragraph, section(content).beside) == (
        True, ("Green; Red by the original target",),
    )  # fmt: skip


def test_an_exception_says_what_its_rating_would_be_by_the_original_target(rebased):
    content = build(with_figure(rebased, **RED, details={"original_rag": "amber"}))

    assert cells(content, "Exceptions", KPI_id=KPI)["Why listed"] == (
        "Red: 1,251.0%, too far. Red; Amber by the original target. "
        "Target 85.0% (originally 90.0%, Cabinet)"
    )


def test_a_target_that_was_never_changed_has_no_original(records):
    assert "originally" not in str(build(with_figure(records, rag="green")))


def test_a_tolerance_alone_that_was_widened_is_told_beside_the_original(records):
    (old,) = records.council.targets
    new = replace(old, effective_from=date(2025, 4, 1), tolerance=Decimal(20), decision="Minute 9")
    content = build(replace(records, council=replace(records.council, targets=(old, new))))

    assert cells(content, "Summary", KPI_id=KPI)["Notes"].startswith(
        "Target 90.0%, tolerance in the KPI's unit, tolerance 20 percentage points (originally "
        "90.0%, tolerance in the KPI's unit, tolerance 5 percentage points, "
    )


def test_a_withdrawn_target_is_told_with_the_original(records):
    (old,) = records.council.targets
    ended = replace(old, effective_to=date(2025, 3, 31))
    content = build(replace(records, council=replace(records.council, targets=(ended,))))

    assert cells(content, "Summary", KPI_id=KPI)["Notes"] == (
        "No target now (originally 90.0%, Cabinet)."
    )


def test_the_forecasts_colour_stands_beside_that_of_now_and_never_instead(records):
    first, *others = records.definitions
    known = replace(records, definitions=(replace(first, forecast="pages_printed"), *others))
    content = build(with_figure(known, rag="amber", details={"forecast_rag": "green"}))
    row = cells(content, "Summary", KPI_id=KPI)

    assert (row["RAG"], row["Notes"]) == ("Amber", "Amber now; Green forecast.")
    assert "Rated beside its forecast: Tickets solved: Amber now; Green forecast." in (
        content.sheet("Summary").remarks
    )
    assert dict(content.overview.counts)["Amber"] == 1
    page = html.fromstring(webpage.write(content).decode())
    article = page.xpath(f"//article[@aria-labelledby='{KPI}']")[0]
    assert text_of(article.find_class("words")[0][0]) == "Amber Amber now; Green forecast. TIC-01"


def test_a_forecast_that_is_not_known_is_not_spoken_of(records):
    first, *others = records.definitions
    known = replace(records, definitions=(replace(first, forecast="pages_printed"), *others))

    assert "forecast" not in " ".join(build(known).sheet("Summary").remarks)


def test_the_share_of_a_saving_has_its_pounds_beside_it(records):
    (old,) = records.council.targets
    pounds = {"delivered_gbp": "100.4", "on_track_gbp": "50", "at_risk_gbp": "20",
              "unachievable_gbp": "5", "target_gbp": "175.4"}  # fmt: skip
    rows = [
        {"month": month, "directorate": whom, "recurrence": recurrence, **pounds}
        for month in ("2025-05", "2025-06")
        for whom in ("COUNCIL", "HR")
        for recurrence in ("recurrent", "one-off")
    ]
    decided = replace(old, method="savings", base_method="pct_tolerance")
    known = replace(
        records,
        activity={**records.activity, "savings": rows},
        council=replace(records.council, targets=(decided,)),
    )

    assert section(build(known)).paragraph[-1] == (
        "In pounds: £201 delivered, £100 on track, £40 at risk, £10 unachievable, of a target of "
        "£351."
    )


def test_a_successor_without_its_like_says_since_when(records):
    told = {"direction": "not_comparable", "details": {"reorganised_on": "2025-06-01"}}
    content = build(with_figure(records, directorate="HR", **told))
    rows = {row[0].text: row[3].text for row in section(content).by_directorate.rows}

    assert rows["Human Resources"] == "Not comparable: reorganised on 1 June 2025"
    assert rows["Technology"] == "Better"


def test_a_reorganisation_is_named_on_every_chart_that_reaches_its_month(records):
    since = date(2018, 4, 1)
    directorates = (
        Directorate("HR", "Human Resources", since, date(2025, 4, 30), succeeded_by=("ICT",)),
        Directorate("ICT", "Technology", since),
    )
    content = build(replace(records, council=replace(records.council, directorates=directorates)))

    assert [
        [m.title for m in series.marks if m.period == "2025-05"] for series in content.series
    ] == [
        ["Human Resources joined Technology", "Office <moved>"],
        ["Human Resources joined Technology"],
    ]


def test_a_closed_directorate_keeps_its_figures_under_its_code(records):
    since = date(2018, 4, 1)
    closed = (
        Directorate("HR", "Human Resources", since, date(2025, 3, 31), succeeded_by=("ICT",)),
        Directorate("ICT", "Technology", since),
    )
    content = build(replace(records, council=replace(records.council, directorates=closed)))
    periods = {
        row[5].text for row in content.sheet("KPI_figures").rows if row[4].text == "HR"
    }  # fmt: skip

    assert "2024-25-Q1" in periods


def test_commentary_is_printed_where_it_was_supplied_and_its_lack_where_it_was_not(records):
    both = with_figure(with_figure(records, **RED), directorate="HR", **RED)
    content = build(
        replace(both, commentary=(said("Old"), said()), commentary_due=date(2025, 7, 28))
    )
    named = ("Cause", "Action", "Owner role", "By when")
    rows = [
        [cells(content, "Exceptions", Directorate=d)[h] for h in named]
        for d in ("Whole council", "Human Resources")
    ]

    assert rows == [
        ["Two posts are empty", "Both are advertised", "Head of Desk", "30 September 2025"],
        [
            "No commentary supplied, due by 28 July 2025",
            "Not supplied",
            "Head of ICT",
            "Not supplied",
        ],
    ]
    assert content.chased == (
        "2 figures ask for commentary. It is supplied for 1 of them.",
        "Still awaited, due by 28 July 2025: Head of ICT, 1.",
        "Cause, action, owner and date are written by officers, and by nobody else.",
    )
    assert content.sheet("Exceptions").remarks[: len(content.chased)] == content.chased


def test_the_status_stands_above_its_commentary_and_those_of_directorates_are_folded(records):
    both = with_figure(with_figure(records, **RED), directorate="HR", **RED)
    content = build(replace(both, commentary=(said(),), commentary_due=date(2025, 7, 28)))
    page = html.fromstring(webpage.write(content).decode())
    article = page.xpath(f"//article[@aria-labelledby='{KPI}']")[0]
    (first,) = article.find_class("said")
    (folded,) = [each for each in article.iter("details") if "Commentary" in text_of(each)]

    assert [text_of(part) for part in first] == [
        "Commentary: Whole council", "Red: 1,251.0%, too far.",
        "Cause Two posts are empty Action Both are advertised Owner Head of Desk By when "
        "30 September 2025",
    ]  # fmt: skip
    assert [text_of(part) for part in folded] == [
        f"Commentary of directorates: {article.xpath('.//h3')[0].text.partition(':')[0]}, 0 of 1 "
        "supplied",
        "Human Resources: Red: 1,246.0%, too far.",
        "No commentary supplied. It is awaited from the Head of ICT, due by 28 July 2025.",
    ]


def test_directorates_that_said_something_stand_apart_from_those_that_still_owe_it(records):
    both = with_figure(with_figure(records, **RED), directorate="HR", **RED)
    whole = build(replace(both, commentary=(said(),), commentary_due=date(2025, 7, 28)))
    (mine,) = [kpi for theme in whole.themes for kpi in theme.kpis if kpi.kpi_id == KPI]

    assert ([c.directorate for c in mine.of_council], mine.of_directorates) == (["COUNCIL"], ())
    assert [c.directorate for c in mine.awaited] == ["HR"]
    supplied = replace(mine.awaited[0], parts=(("Cause", "Leave"),))
    told = replace(mine, commentary=(*mine.of_council, supplied))
    assert (told.of_directorates, told.awaited) == ((supplied,), ())
    assert told.told.endswith("1 of 1 supplied")
    assert replace(mine, commentary=mine.of_council).told == ""


def test_a_concern_at_green_is_an_exception_too(records):
    concern = {"variation": "Concern low", "special_cause": "below the lower limit",
               "verdict_month": "2025-06"}  # fmt: skip
    content = build(with_figure(records, rag="green", details=concern))

    assert cells(content, "Exceptions", KPI_id=KPI)["Why listed"] == (
        "Green: 1,251.0%. More than chance, for the worse: June 2025 is below the lower limit"
    )


def test_a_pack_in_which_nothing_asks_for_commentary_says_so(content):
    assert content.chased == ("No figure asks for commentary.",)
    assert section(content).commentary == ()


def test_new_commentary_is_new_content(records):
    red = with_figure(records, **RED)
    texts = [(), (said(),), (said(), said("Another cause"))]
    hashes = {build(replace(red, commentary=each)).sha256 for each in texts}

    assert len(hashes) == 3


def test_hostile_commentary_is_text_in_page_and_workbook(records):
    red = replace(with_figure(records, **RED), commentary=(said(HOSTILE, action="=1+1"),))
    content = build(red)
    page = webpage.write(content).decode()
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(content)))["Exceptions"]
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == "=1+1"]

    assert "<script>" not in page
    assert HOSTILE in html.fromstring(page).text_content()
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
