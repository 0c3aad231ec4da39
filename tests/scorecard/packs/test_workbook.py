"""The workbook: what a reader, a screen reader and a spreadsheet find in it."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from scorecard.packs import workbook
from scorecard.packs.build import build
from scorecard.packs.native_charts import _chart
from scorecard.packs.scales import SPECIAL
from scorecard.packs.tables import Sheet, words
from scorecard.settings import INCLUDE

HIDDEN = "\x7f\x85\x9f\u061c\u200b\ufeff"
HERE = Path(__file__).parent
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://example.org")']


@pytest.fixture
def saved(content):
    return workbook.write(content)


@pytest.fixture
def book(saved):
    return openpyxl.load_workbook(io.BytesIO(saved))


def with_texts(content, texts):
    """The content with a table of these texts in place of its notes."""
    rows = tuple((words(text), words("note")) for text in texts)
    hostile = Sheet("Notes", "Notes", (), ("Note number", "Note text"), rows)
    sheets = tuple(hostile if s.name == "Notes" else s for s in content.sheets)
    return replace(content, sheets=sheets)


def test_the_sheets_begin_with_the_cover_and_end_with_the_charts(book, content):
    assert book.sheetnames == ["Cover", *(s.name for s in content.sheets), "Charts"]
    assert book.active.title == "Cover"


def test_no_sheet_is_merged_frozen_filtered_filled_or_hidden(book):
    for sheet in book.worksheets:
        found = (
            list(sheet.merged_cells.ranges),
            sheet.freeze_panes,
            sheet.auto_filter.ref,
            sheet.sheet_state,
            [t.autoFilter for t in sheet.tables.values() if t.autoFilter],
            [d for d in sheet.row_dimensions.values() if d.hidden],
            [c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fill_type],
        )
        assert found == ([], None, None, "visible", [], [], []), sheet.title


def test_no_cell_is_a_formula_or_an_error(book):
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}

    assert types == {"s", "n"}


def test_each_table_is_named_like_its_sheet_and_has_its_headings(book, content):
    for wanted in content.sheets:
        sheet = book[wanted.name]
        (table,) = sheet.tables.values()
        head = workbook.head_of(wanted)
        assert table.displayName == wanted.name
        assert table.ref.startswith(f"A{head}:")
        assert tuple(c.name for c in table.tableColumns) == wanted.columns
        assert tuple(c.value for c in sheet[head]) == wanted.columns
        assert sheet.max_row == head + len(wanted.rows)


def test_every_value_of_the_summary_is_the_contents_value(book, content):
    wanted = content.sheet("Summary")
    head = workbook.head_of(wanted)
    rows = book["Summary"].iter_rows(min_row=head + 1, values_only=True)
    expected = [
        tuple((float(c.value) if c.is_number else c.value) or None for c in row)
        for row in wanted.rows
    ]

    assert list(rows) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_is_a_quoted_string(content, text):
    saved = workbook.write(with_texts(content, [text]))
    sheet = openpyxl.load_workbook(io.BytesIO(saved))["Notes"]

    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].quotePrefix) == (text, "s", True)


def test_control_and_bidirectional_characters_are_left_out(content):
    saved = workbook.write(with_texts(content, ["a\x00b\u202ec\u2066d\ufffe\uffff\ud800" + HIDDEN]))

    assert openpyxl.load_workbook(io.BytesIO(saved))["Notes"]["A4"].value == "abcd"


def test_text_that_a_spreadsheet_would_read_as_a_character_stays_text(content):
    saved = workbook.write(with_texts(content, ["_x0041_ and _x00e9_", "_x004_", "_x005F_x0041_"]))
    with zipfile.ZipFile(io.BytesIO(saved)) as parts:
        texts = "".join(parts.read(name).decode() for name in parts.namelist() if "sheet" in name)

    for escaped in ("_x005F_x0041_ and _x005F_x00e9_<", ">_x004_<", ">_x005F_x005F_x005F_x0041_<"):
        assert escaped in texts


def test_every_chart_has_alt_text(saved, content):
    with zipfile.ZipFile(io.BytesIO(saved)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    told = re.findall(r'descr="([^"]*)"', drawing)

    assert len(told) == len(content.series) == 2
    assert all(40 <= len(text) <= 600 for text in told)


def test_a_chart_draws_limits_names_its_lines_and_marks_special_causes(judged):
    told = {"variation": "Concern low", "special_cause": "below the lower limit"}
    with zipfile.ZipFile(io.BytesIO(workbook.write(build(judged(is_reset=True, **told))))) as parts:
        chart = etree.fromstring(parts.read("xl/charts/chart1.xml"))
    lines = {
        line.findtext("{*}tx/{*}v"): line for line in chart.iter("{*}ser")
    }  # fmt: skip
    dashes = {name: line.find(".//{*}prstDash").get("val") for name, line in lines.items()}
    special = lines["Value"].find("{*}dPt")

    assert dashes == {
        "Value": "solid", "Upper process limit": "sysDot", "Mean": "dash",
        "Lower process limit": "sysDot",
    }  # fmt: skip
    assert chart.find(".//{*}legend/{*}legendPos").get("val") == "r"
    assert special.find("{*}idx").get("val") == "2"
    assert special.find("{*}marker/{*}symbol").get("val") == "diamond"
    assert special.find("{*}marker//{*}srgbClr").get("val") == SPECIAL["concern"][1:]
    # No line leads to the month in which the process was reset.
    assert [len(line.findall("{*}dPt/{*}spPr/{*}ln/{*}noFill")) for line in lines.values()] == [
        1
    ] * 4


def test_trial_limits_are_called_so_in_the_workbook(judged):
    saved = workbook.write(build(judged(each_month={"is_trial": True})))
    with zipfile.ZipFile(io.BytesIO(saved)) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()

    assert re.findall(r"(\w+ trial limit)<", chart) == ["Upper trial limit", "Lower trial limit"]


def chart_of(series, *targets):
    """The parts of the native chart of a series with a target for each of its months."""
    ends = [(Decimal(low), Decimal(high)) for low, high in targets]
    points = tuple(
        replace(point, target_low=low, target_high=high)
        for point, (low, high) in zip(series.points, ends, strict=True)
    )
    book = openpyxl.Workbook()
    book.create_sheet("Chart_data")
    drawn = _chart(book, replace(series, points=points), (5, 7))
    return drawn if drawn.tagname == "lineChart" else drawn._charts[0]


@pytest.mark.parametrize(
    ("targets", "kind"),
    [
        ([(80, 90), (80, 90), (80, 90)], "areaChart"),
        ([(80, 90), (80, 90), (85, 95)], "barChart"),
        ([(-2, 2), (-2, 2), (-5, 5)], "areaChart"),
    ],
)
def test_a_range_that_changed_steps_where_an_area_would_slope(content, targets, kind):
    assert chart_of(content.series[0], *targets).tagname == kind


@pytest.mark.parametrize(
    ("targets", "columns", "alone"),
    [
        ([88, 88, 88], "I", [[]]),
        ([88, 90, 90], "IJ", [[0], []]),
        ([88, 90, 92], "IJ", [[0, 2], [1]]),
    ],
)
def test_targets_that_follow_one_another_are_lines_of_their_own(content, targets, columns, alone):
    chart = chart_of(content.series[0], *((each, each) for each in targets))
    lines = [line for line in chart.series if line.tx.v == "Target"]

    assert "".join(line.val.numRef.f[len("'Chart_data'!$")] for line in lines) == columns
    # Of a target that held for one month there is a dash, because a line would show nothing.
    assert [[point.idx for point in line.dPt] for line in lines] == alone
    assert [entry.idx for entry in chart.legend.legendEntry] == [2] * (len(lines) - 1)


@pytest.mark.parametrize(
    ("values", "expected"), [(("1.1", "1.6", "2"), "#,##0.00"), (("100", "150", "200"), "#,##0")]
)
def test_the_axis_has_the_decimals_that_tell_its_numbers_apart(content, values, expected):
    series = content.series[0]
    points = tuple(
        replace(point, value=Decimal(value))
        for point, value in zip(series.points, values, strict=True)
    )
    chart = chart_of(replace(series, points=points), *((Decimal(values[0]),) * 2,) * 3)

    assert chart.y_axis.number_format.formatCode == expected


def test_the_links_of_the_contents_lead_to_sheets(book):
    links = [cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row
             if cell.hyperlink]  # fmt: skip

    assert [link.split("!")[0].strip("'") for link in links] == [
        name for name in book.sheetnames if name not in ("Cover", "Contents")
    ]


def test_the_workbook_names_its_title_language_and_no_clock(book, content):
    told = book.properties

    assert (told.title, told.creator, told.language) == (
        f"{content.council}: {content.title}",
        content.council,
        "en-GB",
    )
    assert told.modified.replace(tzinfo=None) == content.data_as_at.replace(tzinfo=None)


def test_two_builds_elsewhere_give_the_same_bytes(content):
    script = (
        "import hashlib, conftest; from scorecard.packs import webpage, workbook;"
        "from scorecard.packs.build import build; c = build(conftest.a_first_draft());"
        "print(*(hashlib.sha256(w.write(c)).hexdigest() for w in (workbook, webpage)))"
    )
    path = os.pathsep.join([str(HERE), str(INCLUDE)])
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "TZ": zone,
                 "PYTHONHASHSEED": seed, "LANG": language},
            capture_output=True, text=True, check=True,
        ).stdout
        for zone, seed, language in (("Asia/Tokyo", "1", "C"), ("America/Lima", "2", "C.UTF-8"))
    }  # fmt: skip
    here = hashlib.sha256(workbook.write(content)).hexdigest()

    assert len(told) == 1
    assert next(iter(told)).split()[0] == here


def test_a_pack_without_series_has_no_charts(records):
    from scorecard.packs.records import Figures

    quarters = tuple(f for f in records.figures.rows if f.period_kind != "month")
    saved = workbook.write(build(replace(records, figures=Figures(quarters))))

    assert openpyxl.load_workbook(io.BytesIO(saved))["Charts"].max_row == 2


def test_every_sheet_prints_on_a4_landscape_one_page_wide_with_its_headings_repeated(book, content):
    tables = {table.name: table for table in content.sheets}
    for sheet in book.worksheets:
        setup = sheet.page_setup
        on_one = sheet.title == "Contents"
        assert (setup.orientation, setup.paperSize) == ("landscape", 9), sheet.title
        assert (setup.fitToWidth, setup.fitToHeight) == (1, int(on_one)), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        if sheet.title in tables:
            head = workbook.head_of(tables[sheet.title])
            assert sheet.print_title_rows == f"${head}:${head}", sheet.title


def test_a_remark_of_two_sentences_takes_two_rows(content):
    table = Sheet("Notes", "Notes", ("One. Two; and 3.0 hours.",), ("A",), ((words("b"),),))
    sheets = tuple(table if s.name == "Notes" else s for s in content.sheets)
    saved = workbook.write(replace(content, sheets=sheets))
    sheet = openpyxl.load_workbook(io.BytesIO(saved))["Notes"]

    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [
        *("This worksheet has one table.", "One.", "Two; and 3.0 hours.", "A")
    ]


def test_the_cover_says_its_state_and_revision_below_the_title(book):
    cover = [book["Cover"].cell(row, 1).value for row in range(1, 4)]

    assert cover[1].startswith("Performance pack")
    assert cover[2] == "Draft, not for publication. Revision 1."
