"""The pack as an accessible workbook: one table a sheet, no formula, charts with alt text."""

import io
import re
from collections.abc import Sequence
from copy import copy
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.packs import cover
from scorecard.packs.content import PackContent
from scorecard.packs.native_charts import add_charts
from scorecard.packs.repack import repack
from scorecard.packs.tables import Cell, Sheet
from scorecard.packs.words import seen

FONT = "Arial"
BODY, BOLD = Font(name=FONT, size=12), Font(name=FONT, size=12, bold=True)
TITLE = Font(name=FONT, size=16, bold=True, color="12436D")
COVER_TITLE = Font(name=FONT, size=20, bold=True, color="12436D")
LINK = Font(name=FONT, size=12, color="12436D", underline="single")
WRAP = Alignment(wrap_text=True, vertical="top")
LEFT = Alignment(vertical="top")
APART = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
UNDER = Alignment(wrap_text=True, vertical="bottom")
SIDES = {"left": WRAP, "apart": APART, "right": RIGHT}
HEAD_LINE = Border(bottom=Side("medium", color="12436D"))
ROW_LINE = Border(bottom=Side("hair", color="B1B4B6"))
# How wide a column may be at most, in tables of so many columns.
WIDEST = ((3, 90), (7, 60), (999, 32))
PROSE, OF_PROSE = 90, 56  # letters of a text that asks for a wider column, and how wide
NARROWEST, LINE, COVER = 9, 16, 115
EDGE = 0.45  # inches of paper around a printed sheet
WIDER = 1.15  # a letter's width in a column's own measure
ONE_PAGE = ("Contents",)

# The style of each kind of cell, worked out once: openpyxl compares every font and border anew.
Looks = dict[tuple[str, ...], Any]
# What Excel would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What it would read as the number of a character: the underscore is written as its own number.
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write(content: PackContent) -> bytes:
    """The workbook's bytes; the same content gives the same bytes."""
    book: Any = Workbook()  # openpyxl's type stubs do not know what we need
    book._fonts[0] = BODY  # the first font is that of cells without a style
    book.remove(book.active)
    _write_cover(book.create_sheet("Cover"), content)
    looks: Looks = {}
    for table in content.sheets:
        _write_table(book.create_sheet(table.name), table, looks)
    _link_contents(book["Contents"], content.sheet("Contents"))
    alt = add_charts(book, content, write_text)
    _set_properties(book, content)
    saved = io.BytesIO()
    book.save(saved)
    for sheet in book.worksheets:  # cells and sheets know each other, and would stay for long
        sheet._cells.clear()
    return repack(saved.getvalue(), _modified(content), {"xl/drawings/drawing1.xml": alt})


def _modified(content: PackContent) -> str:
    """The moment that the file names as its last change: when published, else its data's."""
    moment = content.published_at or content.data_as_at
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "2000-01-01T00:00:00Z"


def _set_properties(book: Workbook, content: PackContent) -> None:
    book.properties = DocumentProperties(
        title=f"{content.council}: {content.title}",
        creator=content.council,
        subject=f"{content.state_text}. Revision {content.revision}.",
        language="en-GB",
    )
    book.calculation = CalcProperties(fullCalcOnLoad=False)
    book.active = 0
    for sheet in book.worksheets:
        _set_print(sheet)


def _set_print(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    on_one = sheet.title in ONE_PAGE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(on_one)
    sheet.page_margins = PageMargins(EDGE, EDGE, EDGE, EDGE, 0, 0)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.gridLines = False
    sheet.sheet_view.showGridLines = False


def write_text(cell: Any, text: str, font: Font = BODY) -> None:
    """Put text into a cell so that no spreadsheet ever takes it for a formula."""
    clean = _put(cell, text)
    cell.font, cell.alignment = font, WRAP
    if clean.startswith(_FORMULA):
        cell.quotePrefix = True


def _put(cell: Any, text: str) -> str:
    """Put text into a cell as text, whatever it begins with; what of it can be seen comes back."""
    clean = _ESCAPES.sub("_x005F_", seen(text))
    cell._value, cell.data_type = clean, "s"
    return clean


def _write_cover(sheet: Worksheet, content: PackContent) -> None:
    """The cover: title, what needs a decision, what moved, and the facts, under small headings."""
    sheet.column_dimensions["A"].width = COVER
    write_text(sheet["A1"], content.council, BOLD)
    write_text(sheet["A2"], content.title, COVER_TITLE)
    write_text(sheet["A3"], f"{content.state_text}. Revision {content.revision}.", BOLD)
    write_text(sheet["A4"], content.overview.lead)
    row = 5
    for name, texts in cover.parts(content):
        write_text(sheet.cell(row, 1), name, TITLE if name in cover.HEADINGS else BOLD)
        for place, text in enumerate(texts, start=row + 1):
            write_text(sheet.cell(place, 1), text)
        row += 1 + len(texts)
    for place in range(1, row):
        cell: Any = sheet.cell(place, 1)
        _fit_height(sheet, place, [(str(cell.value), COVER)])
        if cell.font.bold:  # a heading stands a little apart from what is above
            cell.alignment = UNDER
            height = sheet.row_dimensions[place].height or LINE
            sheet.row_dimensions[place].height = height + (16 if cell.font.sz == TITLE.sz else 8)
    sheet.row_dimensions[2].height = 34


def _write_table(sheet: Worksheet, table: Sheet, looks: Looks) -> None:
    """Title, remarks, and one table from column A."""
    write_text(sheet["A1"], table.title, TITLE)
    sheet["A1"].alignment = LEFT
    sheet.row_dimensions[1].height = 26
    for row, line in enumerate(table.lines, start=2):
        write_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).alignment = LEFT  # runs over the columns to its right
    head = head_of(table)
    widths = _widths(table)
    _write_head(sheet, table, head, widths)
    for offset, cells in enumerate(table.rows, start=1):
        _write_row(sheet, head + offset, cells, table, looks)
        _fit_height(sheet, head + offset, [(c.text, w) for c, w in zip(cells, widths, strict=True)])
    _add_table(sheet, table, head)
    sheet.print_title_rows = f"{head}:{head}"


def head_of(table: Sheet) -> int:
    """The row of a worksheet in which its table's headings stand."""
    return len(table.lines) + 2


def _widths(table: Sheet) -> list[int]:
    """How wide each column is: its longest text, within reason; longer text wraps."""
    widths = []
    widest = next(width for most, width in WIDEST if len(table.columns) <= most)
    for place, heading in enumerate(table.columns):
        longest = max((len(row[place].text) for row in table.rows), default=0)
        words = max(len(word) for word in heading.split())
        most = widest if longest <= PROSE else max(widest, OF_PROSE)
        widths.append(max(NARROWEST, min(most, max(longest, words) + 2)))
    return widths


def _write_head(sheet: Worksheet, table: Sheet, row: int, widths: list[int]) -> None:
    for place, (heading, width) in enumerate(zip(table.columns, widths, strict=True), start=1):
        cell = sheet.cell(row, place)
        write_text(cell, heading, BOLD)
        cell.alignment = SIDES[_side(table, heading)]
        cell.border = HEAD_LINE
        sheet.column_dimensions[get_column_letter(place)].width = width * WIDER
    # LibreOffice cuts wrapped headings whose row has no height of its own.
    _fit_height(sheet, row, list(zip(table.columns, widths, strict=True)))


def _write_row(
    sheet: Worksheet, row: int, cells: Sequence[Cell], table: Sheet, looks: Looks
) -> None:
    for place, (heading, cell) in enumerate(zip(table.columns, cells, strict=True), start=1):
        target: Any = sheet.cell(row, place)
        is_formula = False
        if cell.is_number:
            target._value, target.data_type = cell.value, "n"
        elif cell.value:
            is_formula = _put(target, str(cell.value)).startswith(_FORMULA)
        _style(target, (_side(table, heading), cell.number_format, "'" * is_formula), looks)


def _style(cell: Any, look: tuple[str, str, str], looks: Looks) -> None:
    """Give a cell of a table the look of its kind: its side, number format, and quote."""
    if look not in looks:
        side, number_format, quote = look
        cell.font, cell.alignment, cell.border = BODY, SIDES[side], ROW_LINE
        if number_format:
            cell.number_format = number_format
        if quote:
            cell.quotePrefix = True
        looks[look] = copy(cell._style)
    cell._style = copy(looks[look])


def _side(table: Sheet, heading: str) -> str:
    """Numbers to the right, text to the left and a little apart from the numbers before it."""
    if heading in table.numeric:
        return "right"
    return "left" if heading == table.columns[0] else "apart"


def _fit_height(sheet: Worksheet, row: int, texts: list[tuple[str, int]]) -> None:
    """A row as high as its longest wrapped text needs."""
    lines = max((ceil(len(text) / (width * 1.12)) for text, width in texts if text), default=1)
    sheet.row_dimensions[row].height = LINE * max(lines, 1)


def _add_table(sheet: Worksheet, table: Sheet, head: int) -> None:
    """Name the rows as a table, without the filter buttons that openpyxl would add."""
    last = f"{get_column_letter(len(table.columns))}{head + len(table.rows)}"
    named: Any = Table(displayName=table.name, ref=f"A{head}:{last}")
    named._initialise_columns()
    for column, heading in zip(named.tableColumns, table.columns, strict=True):
        column.name = heading
    named.autoFilter = None
    named.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(named)


def _link_contents(sheet: Worksheet, table: Sheet) -> None:
    """Make each worksheet's name in the contents a link to it."""
    head = head_of(table)
    for offset, cells in enumerate(table.rows, start=1):
        cell = sheet.cell(head + offset, 1)
        target = f"'{cells[0].text}'!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        write_text(cell, cells[0].text, LINK)
