"""What the pack says: markers, missing data, counts, revisions."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import draft
from scorecard.decisions import Event, ProcessControl
from scorecard.kpis import KpiVersion
from scorecard.packs import open_data, pdf
from scorecard.packs.activity_sheets import ACTIVITIES
from scorecard.packs.build import build
from scorecard.packs.content import plain
from scorecard.packs.records import Figures
from scorecard.packs.series import Point
from scorecard.packs.texts import LONGEST, TooLong
from scorecard.packs.variation import chart_note, concerns
from scorecard.packs.words import markers_in
from scorecard.settings import INCLUDE

AWAITING = {"state": "awaiting", "value": None, "numerator": None, "denominator": None}

SHEETS = [
    "Contents", "Notes", "Summary", "Exceptions", "Changes", "Value_for_money", "Review_these",
    "KPI_figures", "KPI_series", "KPI_definitions", "Tickets", "Budget", "Savings",
    "Strategy_money", "Strategy_years", "Strategy_savings", "Printing", "Remote_working", "Carbon",
    "Carbon_net", "Carbon_effects", "Carbon_waterfall", "Carbon_sensitivity",
    "Carbon_alternatives", "Carbon_history", "Carbon_break_even", "Carbon_assumptions",
    "Factors", "Revisions", "Data_quality", "Provenance", "Chart_data",
]  # fmt: skip


def row_of(content, sheet, kpi, **wanted):
    """The texts of the first row of a KPI with these cells, by heading."""
    table = content.sheet(sheet)
    rows = ({h: c.text for h, c in zip(table.columns, row, strict=True)} for row in table.rows)
    return next(
        row
        for row in rows
        if row["KPI id"] == kpi and all(row[h] == text for h, text in wanted.items())
    )


def test_the_sheets_are_these_in_this_order(content):
    assert [sheet.name for sheet in content.sheets] == SHEETS


@pytest.mark.parametrize(
    ("given", "value", "marker"),
    [
        ({}, "1,251.0%", ""),
        ({"state": "provisional"}, "1,251.0%", "[p]"),
        (AWAITING, "[x]", "[x]"),
        (AWAITING | {"state": "not_applicable"}, "[z]", "[z]"),
        (AWAITING | {"state": "suppressed"}, "[c]", "[c]"),
        ({"flags": ("small_numbers",), "numerator": Decimal(3), "denominator": Decimal(7)},
         "[u]", "[u]"),
        ({"flags": ("baseline",)}, "1,251.0%", "baseline"),
        ({"flags": ("estimated",), "state": "provisional"}, "1,251.0%", "[p][e]"),
        ({"value": Decimal(0), "numerator": Decimal("0.01")}, "0.0%", "[low]"),
        ({"value": Decimal(0), "numerator": Decimal(0)}, "0.0%", ""),
    ],
)  # fmt: skip
def test_a_figure_is_shown_or_replaced_as_its_state_says(changed, given, value, marker):
    row = row_of(build(changed("tickets_solved", **given)), "Summary", "tickets_solved")

    assert (row["This quarter"], row["Marker"]) == (value, marker)


def test_a_withheld_figure_shows_neither_numerator_nor_denominator(changed):
    given = {"state": "suppressed", "numerator": Decimal(3), "denominator": Decimal(9)}
    content = build(changed("tickets_solved", **given))
    row = row_of(content, "KPI_figures", "tickets_solved", Period="2025-26-Q1")

    assert (row["Numerator"], row["Denominator"], row["Value"]) == ("[c]", "[c]", "[c]")


def test_a_carbon_figure_is_called_an_estimate_wherever_it_appears(content):
    section = content.themes[2].kpis[0]

    assert section.headline.startswith("Net emissions avoided: 3,719.0 t CO2e (estimate)")
    assert section.facts[0][1] == "3,719.0 t CO2e (estimate) [e]"
    assert content.overview.better[2].text.startswith("3,719.0 t CO2e (estimate), from")


def test_few_cases_are_told_as_cases(changed):
    given = {"flags": ("small_numbers",), "numerator": Decimal(3), "denominator": Decimal(7)}
    content = build(changed("tickets_solved", **given))

    assert content.themes[0].kpis[0].headline.startswith("Tickets solved: 3 of 7")


@pytest.mark.parametrize(
    ("unit", "kind", "said"),
    [
        ("percent", "ratio", "12.50 of 7"),
        ("ratio", "ratio", "12.50 of 7"),
        ("hours", "ratio", "12.5 hours over 7 cases"),
        ("hours", "statistic", "12.5 hours in the middle of 7 cases"),
        ("gbp", "ratio", "£12.50 over 7 cases"),
        ("pence", "ratio", "£12.50 over 7 cases"),
    ],
)
def test_few_cases_of_what_is_no_share_are_told_with_their_unit(changed, unit, kind, said):
    given = {"flags": ("small_numbers",), "numerator": Decimal("12.5"), "denominator": Decimal(7)}
    records = changed("tickets_solved", **given)
    first = replace(records.definitions[0], unit=unit, kind=kind)
    content = build(replace(records, definitions=(first, *records.definitions[1:])))

    assert content.themes[0].kpis[0].facts[0][1] == f"{said}"


@pytest.mark.parametrize(
    ("unit", "words"),
    [("percent", "It is 1,251 of 100."), ("hours", "It is 1,251 divided by 100.")],
)
def test_only_a_share_is_a_part_of_its_denominator(records, unit, words):
    first = replace(records.definitions[0], unit=unit)
    content = build(replace(records, definitions=(first, *records.definitions[1:])))

    assert words in content.themes[0].kpis[0].paragraph


def test_the_first_page_tells_the_largest_moves_and_how_many_more_there_are(records):
    first = records.definitions[0]
    many = [replace(first, id=f"kpi_{n:02d}", title=f"KPI {n}") for n in range(10)]
    rows = [
        replace(row, kpi_id=kpi.id, value=Decimal(100 + n if row.period == "2025-26-Q1" else 100))
        for n, kpi in enumerate(many)
        for row in records.figures.rows
        if row.kpi_id == first.id
    ]
    pack = replace(records, definitions=tuple(many), figures=Figures(tuple(rows)))
    overview = build(pack).overview

    assert [item.kpi_id for item in overview.better] == [
        *(f"kpi_{n:02d}" for n in range(9, 3, -1)),
        "kpis",
    ]
    assert overview.better[-1].title == "4 more KPIs"
    assert "10 got better" in overview.lead


def test_a_figure_of_twelve_months_stands_for_the_quarter_that_ends_them(records):
    first = replace(records.definitions[0], accumulation="rolling_12")
    twelve = [
        replace(row, period=f"{row.period}-R12", period_kind="rolling_12", value=Decimal(77))
        for row in records.figures.rows
        if row.kpi_id == first.id and row.period_kind == "quarter"
    ]
    others = [row for row in records.figures.rows if row.kpi_id != first.id]
    content = build(
        replace(
            records,
            definitions=(first, *records.definitions[1:]),
            figures=Figures((*others, *twelve)),
        )
    )
    row = row_of(content, "Summary", first.id)

    assert [row[h] for h in ("This quarter", "Previous quarter", "Same quarter last year")] == [
        *("77.0%", "77.0%", "77.0%")
    ]
    assert row_of(content, "KPI_figures", first.id)["Period"].endswith("-R12")
    assert content.overview.better[0].text == "77.0%, from 77.0% in the same quarter last year"


def test_no_missing_figure_is_zero_anywhere(changed):
    content = build(changed("pages_printed", why="Printing has sent nothing.", **AWAITING))
    figures = row_of(content, "KPI_figures", "pages_printed", Period="2025-26-Q1")
    section = content.themes[1].kpis[0]

    assert {figures[h] for h in ("Numerator", "Denominator", "Value")} == {"[x]"}
    assert section.headline == "Pages printed: not known, because data are missing"
    assert section.facts[0] == ("This quarter", "[x]")
    assert [item.text for item in content.overview.missing] == ["Printing has sent nothing"]


def test_the_first_page_names_a_feed_that_sent_nothing(records):
    months = dict(records.months) | {"print_jobs": frozenset({"2025-04", "2025-05"})}
    said = build(replace(records, months=months)).overview.missing_feeds

    assert said == (
        "The feed printing (print jobs) has sent nothing for June 2025: "
        "2 KPIs rest on it (NET-01 and PAG-01).",
    )


def test_a_month_without_its_feed_is_marked_in_the_activity(records):
    content = build(replace(records, months={}))
    texts = {row[0].text: [cell.text for cell in row] for row in content.sheet("Printing").rows}

    assert texts["2025-06"] == ["2025-06", "COUNCIL", "[x]", "[x]", "[x]", "[x]", "[x]"]


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.name)
def test_each_column_of_activity_is_one_that_its_sql_returns(activity):
    sql = (INCLUDE / "sql" / "table" / f"{activity.table}.sql").read_text(encoding="utf-8")
    returned = set(re.findall(r"\w+", sql[sql.rindex("\nselect") :]))
    wanted = {column for column, _ in activity.keys} | {c for c, _, _ in activity.numbers}

    assert wanted - returned == set()


def test_a_zero_that_was_counted_stays_zero(content):
    assert content.sheet("Tickets").rows[0][6].value == Decimal(0)


def test_the_lead_counts_what_the_summary_shows(changed):
    content = build(changed("tickets_solved", rag="red", rag_basis="abs_tolerance: too far"))

    assert content.overview.lead == (
        "Of 3 KPIs, 1 Red. 3 got better and 0 got worse. 1 matter needs a decision."
    )
    assert dict(content.overview.counts) == {
        "Green": 0, "Amber": 0, "Red": 1, "Not rated": 2,
    }  # fmt: skip


def test_a_red_figure_is_an_exception_with_its_owner(changed):
    content = build(changed("tickets_solved", rag="red", rag_basis="abs_tolerance: too far"))
    row = row_of(content, "Exceptions", "tickets_solved")

    assert (row["Directorate"], row["Why listed"], row["Owner role"]) == (
        "Whole council", "Red: 1,251.0%, too far", "Head of ICT",
    )  # fmt: skip


def test_a_figure_of_low_confidence_says_so_in_its_section_and_its_notes(changed):
    doubt = "Low confidence: Evidence coverage is 59.0, under its floor of 60."
    why = f"Every extract that it needs has been accepted. {doubt}"
    content = build(changed("tickets_solved", flags=("low_confidence",), why=why))
    section = content.themes[0].kpis[0]

    assert row_of(content, "Summary", "tickets_solved")["Notes"] == doubt
    assert doubt in section.paragraph
    assert section.facts[-1] == ("Confidence", "Low")


def test_a_file_that_was_refused_is_listed_without_its_own_words(records):
    refused = replace(
        records.extracts[0],
        file_name="june.csv",
        state="refused",
        rows_received=None,
        refusal="june.csv: the headings 'Ann O'Neill', 'x' are unknown. Export it again.",
    )
    content = build(replace(records, extracts=(*records.extracts, refused)))
    table = content.sheet("Data_quality")

    assert [cell.text for cell in table.rows[0]] == [
        "june.csv: the headings '…', '…' are unknown. Export it again.",
        "tickets", "Critical", "[z]", "[z]", "Refused", "Nothing of the file is in any figure",
    ]  # fmt: skip
    assert "Refused" in " ".join(table.remarks)
    assert len(content.sheet("Provenance").rows) == 1


@pytest.mark.parametrize(
    ("theme", "kpi", "drawn"),
    [
        ("Service desk", "*", True),
        ("Service desk", "tickets_solved", True),
        ("*", "*", True),
        ("Printing", "*", False),
        ("Service desk", "pages_printed", False),
    ],
)
def test_an_event_is_drawn_on_the_charts_of_its_theme_only(records, theme, kpi, drawn):
    event = replace(records.council.events[0], theme=theme, kpi=kpi)
    content = build(replace(records, council=replace(records.council, events=(event,))))
    series = {each.kpi_id: each for each in content.series}["tickets_solved"]

    assert bool(series.marks) is drawn


def test_every_directorate_has_a_row_for_every_kpi(records):
    without = Figures(tuple(f for f in records.figures.rows if f.directorate != "HR"))
    section = build(replace(records, figures=without)).themes[0].kpis[0]

    assert [(row[0].text, row[1].text) for row in section.by_directorate.rows] == [
        ("Human Resources", "[x]"),
        ("Technology", "1,247.0%"),
        ("Whole council", "1,251.0%"),
    ]


def test_every_marker_of_a_sheet_is_explained_on_it(changed):
    content = build(changed("pages_printed", **AWAITING))
    for sheet in content.sheets:
        used = {m for row in sheet.rows for cell in row for m in markers_in(cell.text)}
        told = " ".join(sheet.remarks)
        assert [m for m in used if f"{m} means" not in told] == []


def test_a_chart_says_in_words_what_it_shows(content):
    assert content.series[0].alt == (
        "Line chart of Tickets solved by month. From 1,248.0% in April 2025 to 1,248.0% in "
        "June 2025. Lowest 1,248.0% in April 2025, highest 1,248.0% in April 2025. No target. "
        "The data are in the table below the chart and on the sheet Chart_data."
    )


def test_a_revision_lists_each_figure_that_moved(records, changed):
    later = changed("tickets_solved", value=Decimal(1300))
    edition = replace(records.edition, revision=2, reason="Late tickets")
    content = build(replace(later, edition=edition, earlier=records.figures))

    assert [[cell.text for cell in row] for row in content.sheet("Revisions").rows] == [
        ["tickets_solved", "COUNCIL", "2025-26-Q1", "1,251.0", "1,300.0", "correction",
         "Late tickets", "2025-26-Q1, revision 2"]
    ]  # fmt: skip
    assert row_of(content, "Summary", "tickets_solved")["Marker"] == "[r]"


def test_the_content_hash_knows_no_state_and_no_dates(records):
    published = replace(
        records.edition, state="published", published_at=datetime(2025, 8, 1, tzinfo=UTC)
    )
    same = build(replace(records, edition=published))

    assert same.sha256 == build(records).sha256


def test_the_content_hash_changes_with_a_figure(records, changed):
    moved = build(changed("tickets_solved", value=Decimal(1)))
    assert moved.sha256 != build(records).sha256


CONCERN = {"variation": "Concern low", "special_cause": "below the lower limit"}
BETTER = {"variation": "Improvement high", "special_cause": "above the upper limit"}
ORDINARY = {"variation": "Common cause", "special_cause": ""}


def test_the_summary_and_the_facts_say_variation_and_assurance(judged, content):
    told = build(judged(**CONCERN, assurance="Hit or miss"))
    row = row_of(told, "Summary", "tickets_solved")

    assert (row["Variation"], row["Assurance"]) == ("Concern low", "Hit or miss")
    facts = dict(told.themes[0].kpis[0].facts)
    assert (facts["Variation"], facts["Assurance"]) == ("Concern low", "Hit or miss")
    row = row_of(content, "Summary", "tickets_solved")
    assert (row["Variation"], row["Assurance"]) == ("Not rated", "Not rated")


def test_a_quarter_whose_latest_month_is_common_cause_says_which_of_its_months_was_not(judged):
    told = build(judged(each_month=CONCERN, **ORDINARY))
    said = "Common cause: April concern low and May concern low"
    latest = build(judged(each_month=BETTER, **CONCERN))

    assert row_of(told, "Summary", "tickets_solved")["Variation"] == said
    assert dict(told.themes[0].kpis[0].facts)["Variation"] == said
    assert b",Common cause,Not rated," in open_data.write(told)["data/kpi_summary.csv"]
    assert row_of(latest, "Summary", "tickets_solved")["Variation"] == "Concern low"


@pytest.mark.parametrize(("months", "said"), [
    (("2025-05",), "Left out, with too few cases for a figure: May 2025."),
    (("2025-04", "2025-05", "2025-06"),
     "Left out, with too few cases for a figure: April 2025, May 2025 and June 2025."),
    ((), ""),
])  # fmt: skip
def test_a_chart_says_which_months_it_leaves_out_because_they_rest_on_few_cases(months, said):
    points = [
        Point(month, month, None if month in months else Decimal(1), "3 of 7",
              is_few=month in months)
        for month in ("2025-04", "2025-05", "2025-06")
    ]  # fmt: skip

    assert chart_note(points) == said


def test_a_chart_that_leaves_out_many_months_names_eight_and_counts_the_others():
    points = [Point(f"2025-{n:02d}", "", None, "", is_few=True) for n in range(1, 11)]

    assert chart_note(points).endswith("August 2025 and 2 other months.")


def test_the_series_has_limits_with_one_more_decimal_and_each_months_variation(judged, content):
    told = build(judged(**CONCERN))
    names = ("Mean", "Lower process limit", "Upper process limit", "Variation")
    may = row_of(told, "KPI_series", "tickets_solved", Month="2025-05")
    june = row_of(told, "KPI_series", "tickets_solved", Month="2025-06")
    none = row_of(content, "KPI_series", "tickets_solved", Month="2025-06")

    assert [may[name] for name in names] == ["1,240.50", "1,200.25", "1,280.75", "Common cause"]
    assert june["Variation"] == "Concern low"
    assert [none[name] for name in names] == ["[z]", "[z]", "[z]", "Not rated"]
    assert row_of(told, "Chart_data", "tickets_solved")["Mean"] == "1,240.50"


@pytest.mark.parametrize(
    ("rag", "latest", "words"),
    [
        ("green", CONCERN, "Rated Green, yet the months show concern: June 2025 is below the"),
        ("red", BETTER, "Rated Red, yet the months show improvement: June 2025 is above the"),
        ("amber", BETTER, "Rated Amber, yet the months show improvement"),
        ("green", {**ORDINARY, "assurance": "Consistently missing"}, "a reset of its baseline"),
        ("red", {**ORDINARY, "assurance": "Consistently meeting"}, "would meet the target"),
        ("green", BETTER, ""),
        ("red", CONCERN, ""),
        ("green", {**ORDINARY, "assurance": "Consistently meeting"}, ""),
        ("red", {**ORDINARY, "assurance": "Consistently missing"}, ""),
        ("green", {**ORDINARY, "assurance": "Hit or miss"}, ""),
        ("not_rated", CONCERN, ""),
        ("green", {}, ""),
    ],
)
def test_a_sentence_says_so_where_rating_and_limits_disagree(judged, rag, latest, words):
    said = [text for text in build(judged(rag, **latest)).themes[0].kpis[0].paragraph
            if "yet the" in text]  # fmt: skip

    assert len(said) == bool(words)
    assert words in "".join(said)


@pytest.mark.parametrize(
    ("latest", "each_month", "note"),
    [
        ({}, {}, "Mean and limits are those of 2 months, April 2025 to May 2025."),
        (
            CONCERN,
            {},
            "Mean and limits are those of 2 months, April 2025 to May 2025. A triangle or a square "
            "marks a month that is more than chance; the table says why.",
        ),
        ({}, {"is_trial": True, "limits_note": "Trial limits."}, "Trial limits."),
        (
            {"is_reset": True, "is_trial": False, "baseline_points": 1},
            {"is_trial": True},
            "Mean and limits are those of 1 month, June 2025 to June 2025. Before June 2025 there "
            "are trial limits only.",
        ),
        ({"mean": None}, {"mean": None}, ""),
    ],
)
def test_a_chart_says_where_its_limits_come_from(judged, latest, each_month, note):
    assert build(judged(each_month=each_month, **latest)).series[0].limits_note == note


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (CONCERN, "Latest variation: Concern low."),
        (ORDINARY, "Latest variation: Common cause."),
        (
            {"is_trial": True, "variation": ""},
            "Its limits are trial limits: too few months for a verdict.",
        ),
    ],
)
def test_a_chart_says_its_latest_variation_in_words(judged, latest, words):
    assert words in build(judged(**latest)).series[0].alt


def test_a_reset_and_a_new_definition_are_named_on_the_chart_with_their_reason(records):
    version = KpiVersion(2, "2025-26-Q1", "Time on hold no longer counts.")
    renewed = replace(records.definitions[0], versions=(*records.definitions[0].versions, version))
    reset = replace(
        records.council.events[0], kind="baseline_reset", title="Office moved", reason="One less."
    )
    content = build(
        replace(
            records,
            definitions=(renewed, *records.definitions[1:]),
            council=replace(records.council, events=(reset,)),
        )
    )

    assert [(mark.period, mark.title) for mark in content.series[0].marks] == [
        (
            "2025-04",
            "Version 2 of the definition; limits start again (Time on hold no longer counts)",
        ),
        ("2025-05", "Office moved, 12 May 2025; limits start again (One less)"),
    ]


@pytest.mark.parametrize(
    ("kind", "day", "is_listed"),
    [
        ("baseline_reset", date(2024, 7, 1), True),
        ("baseline_reset", date(2024, 6, 30), False),
        ("baseline_reset", date(2025, 6, 30), True),
        ("baseline_reset", date(2025, 7, 1), False),
        ("event", date(2025, 5, 1), False),
    ],
)
def test_a_reset_of_the_last_year_is_among_the_changes_with_its_reason(
    records, kind, day, is_listed
):
    reset = Event(day, kind, "Service desk", "tickets_solved", "New desk", "Other hours")
    council = replace(records.council, events=(reset,))
    rows = build(replace(records, council=council)).sheet("Changes").rows
    listed = [[c.text for c in row] for row in rows if row[0].text == "Process limits"]

    assert [(row[1], row[6], row[7]) for row in listed] == [
        ("tickets_solved", "New desk", "Other hours")
    ] * is_listed


@pytest.mark.parametrize(
    ("theme", "kpi", "words"),
    [
        ("Printing", "pages_printed", "pages_printed"),
        ("Printing", "*", "Every KPI of Printing"),
        ("*", "*", "Every KPI"),
    ],
)
def test_a_reset_of_many_kpis_says_of_which(records, theme, kpi, words):
    reset = Event(date(2025, 5, 1), "baseline_reset", theme, kpi, "Moved", "Other rooms")
    council = replace(records.council, events=(reset,))
    rows = build(replace(records, council=council)).sheet("Changes").rows

    assert [row[1].text for row in rows if row[0].text == "Process limits"] == [words]


@pytest.mark.parametrize("rag", ["green", "red", "not_rated"])
def test_a_special_cause_for_the_worse_is_an_exception_whatever_its_rating(judged, rag):
    told = list(concerns(judged(rag, **CONCERN).figures.rows, "2025-26-Q1"))
    expected = "More than chance, for the worse: June 2025 is below the lower limit"

    assert told == [("tickets_solved", "COUNCIL", expected)]
    assert list(concerns(judged(rag, **BETTER).figures.rows, "2025-26-Q1")) == []
    assert list(concerns(judged(rag, **CONCERN).figures.rows, "2024-25-Q4")) == []


def test_the_notes_say_how_limits_are_set(records):
    settled = replace(records.council.settled, spc=ProcessControl(24, True))
    screened = build(replace(records, council=replace(records.council, settled=settled)))

    assert "Moving ranges are not screened." in " ".join(build(records).notes)
    assert "first 12 months of a series" in " ".join(build(records).notes)
    assert "3.267 times their average or more are left out" in " ".join(screened.notes)
    assert "first 24 months of a series" in " ".join(screened.notes)


def test_the_public_is_not_told_the_names_of_files(records):
    secret = "report of Jane Doe.csv"
    refused = replace(records.extracts[0], file_name=secret, state="refused",
                      refusal=f"{secret}, row 3: no. Send it again.")  # fmt: skip
    used = replace(records.extracts[0], file_name=secret)
    known = replace(records, extracts=(used, refused))
    told = {}
    for visibility in ("public", "internal"):
        content = build(replace(known, edition=replace(known.edition, visibility=visibility)))
        provenance = content.sheet("Provenance").rows[0]
        told[visibility] = [c.text for c in provenance[:3]], secret in str(plain(content))

    assert told == {
        "public": (["tickets", "An extract of tickets", "ab" * 32], False),
        "internal": (["tickets", secret, "ab" * 32], True),
    }


@pytest.mark.parametrize(("special", "is_stale"), [(11, False), (12, True)])
def test_limits_that_a_year_of_months_lies_beyond_are_called_stale(special, is_stale):
    months = [f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
    points = [
        Point(month, month, Decimal(1), "1", mean=Decimal(1), baseline_points=12,
              special_cause="above" if n >= 24 - special else "")
        for n, month in enumerate(months)
    ]  # fmt: skip
    said = "Every month since January 2024 is more than chance, so these limits are stale"

    assert (said in chart_note(points)) == is_stale


def test_a_draft_with_a_text_that_no_file_holds_is_refused_before_a_file_of_it_is_made(content):
    with pytest.raises(TooLong, match=r"^pack, title: "):
        draft.render(replace(content, title="y" * 32_768))


def test_the_longest_title_is_set(content):
    assert pdf.write(replace(content, title="y" * LONGEST)).startswith(b"%PDF")
