"""The workbook's own charts: drawn by the spreadsheet from the Chart_data sheet."""

from collections.abc import Callable, Iterable
from itertools import groupby
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import AreaChart, BarChart, LineChart, Reference
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Font
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.packs.content import PackContent
from scorecard.packs.scales import (
    BAND,
    LIMIT,
    SPECIAL,
    TARGET,
    TEXT,
    VALUE,
    decimals_of,
    ticks_of,
)
from scorecard.packs.series import Point, Series
from scorecard.packs.words import number_format

HEIGHT_CM, WIDTH_CM, ROWS = 7.2, 24, 14
A_LINE = 105  # letters of a headline that one row holds
HEADLINE = Font(name="Arial", size=14, bold=True)
# Columns of Chart_data: Value, Mean, limits, target from, height of the target range, and two
# for single targets that follow one another.
_VALUE, _MEAN, _LOWER, _UPPER, _TARGET, _HEIGHT, _LINE, _CHANGED = range(3, 11)

SHAPES = (
    "Each chart shows the whole council by month, from Chart_data. A triangle or a diamond marks a "
    "month that is more than chance, high or low: blue for improvement, orange for concern. A "
    "square is neither. KPI_series says the same in words."
)
# What stands for a special cause, by its way; a spreadsheet has no triangle that points down.
SYMBOLS: Any = {"high": "triangle", "low": "diamond"}
# Where the lines are drawn, in shares of the chart: their names stand to the right.
PLOT = ManualLayout(xMode="edge", yMode="edge", x=0.07, y=0.05, w=0.7, h=0.8)

Write = Callable[..., None]


def add_charts(book: Workbook, content: PackContent, write_text: Write) -> list[str]:
    """Add the Charts sheet, and return the charts' alt texts in order."""
    sheet: Worksheet = book.create_sheet("Charts")
    sheet.column_dimensions["A"].width = 120
    write_text(sheet["A1"], "Charts by KPI", Font(name="Arial", size=16, bold=True))
    sheet.row_dimensions[1].height = 26
    write_text(sheet["A2"], SHAPES)
    sheet.row_dimensions[2].height = 36
    headlines = {kpi.kpi_id: kpi.headline for theme in content.themes for kpi in theme.kpis}
    spans = _spans(content)
    row = 3
    for place, series in enumerate(content.series, start=1):
        write_text(sheet.cell(row, 1), headlines[series.kpi_id], HEADLINE)
        sheet.row_dimensions[row].height = 18 * ceil(len(headlines[series.kpi_id]) / A_LINE)
        write_text(sheet.cell(row + 1, 1), series.subtitle)
        sheet.add_chart(_chart(book, series, spans[series.kpi_id]), f"A{row + 2}")
        row += ROWS + 3
        if place % 2:  # the first stands below the title, then two to a page
            sheet.row_breaks.append(Break(id=row - 1))
    return [_limited(series.alt) for series in content.series]


def _limited(alt: str) -> str:
    """Alt text of at most 600 characters, which is what readers bear."""
    return alt if len(alt) <= 600 else f"{alt[:597]}..."


def _spans(content: PackContent) -> dict[str, tuple[int, int]]:
    """The first and last row of each KPI on the Chart_data sheet."""
    table = content.sheet("Chart_data")
    head = len(table.lines) + 2
    numbered = enumerate(table.rows, start=head + 1)
    groups = groupby(numbered, key=lambda pair: pair[1][0].text)
    places = {kpi: [number for number, _ in rows] for kpi, rows in groups}
    return {kpi: (rows[0], rows[-1]) for kpi, rows in places.items()}


def _chart(book: Workbook, series: Series, span: tuple[int, int]) -> Any:
    # openpyxl's type stubs know charts in part only, hence Any.
    chart: Any = LineChart()
    _set_size(chart)
    value = _add_line(chart, book, span, _VALUE, "Value", VALUE, 28000)
    if series.stretches and not series.has_band:
        for turn, column in enumerate((_LINE, _CHANGED)[: len(series.stretches)]):
            target = _add_line(chart, book, span, column, "Target", TARGET, 19000)
            mine = series.stretches[turn::2]
            target.dPt = [_dash(stretch.first) for stretch in mine if stretch.first == stretch.last]
        chart.legend.legendEntry = [LegendEntry(idx=2, delete=True)] * (len(series.stretches) > 1)
    lines = [value]
    for column, name, colour, dash in (
        (_UPPER, _limit("Upper", series), LIMIT, "sysDot"), (_MEAN, "Mean", TEXT, "dash"),
        (_LOWER, _limit("Lower", series), LIMIT, "sysDot"),
    ):  # fmt: skip
        if any(p.mean is not None for p in series.points):
            lines.append(_add_line(chart, book, span, column, name, colour, 12700, dash))
    for line in lines:
        line.dPt = [*_points(series, line is value)]
    _set_axes(chart, series)
    return _with_band(chart, book, series, span) if series.has_band else chart


def _dash(place: int) -> Any:
    """A target that held for one month, of which a line would show nothing."""
    made: Any = DataPoint(idx=place)
    made.marker = Marker(symbol="dash", size=9)
    made.marker.graphicalProperties = GraphicalProperties(solidFill=TARGET[1:])
    made.marker.graphicalProperties.line.noFill = True
    return made


def _set_size(chart: Any) -> None:
    """A place for the lines, and one for their names to the right of them."""
    chart.height, chart.width = HEIGHT_CM, WIDTH_CM
    chart.legend = Legend()
    chart.legend.position = "r"
    chart.layout = Layout(manualLayout=PLOT)


def _limit(end: str, series: Series) -> str:
    drawn = [point for point in series.points if point.mean is not None]
    return f"{end} trial limit" if drawn and drawn[-1].is_trial else f"{end} process limit"


def _points(series: Series, is_value: bool) -> Iterable[Any]:
    """The points that differ from their line: no line leads to a reset; a shape is special."""
    for place, point in enumerate(series.points):
        is_shown = is_value and point.is_special
        if point.is_reset or is_shown:
            line = LineProperties(noFill=True) if point.is_reset else _ln(VALUE[1:], 28000)
            made: Any = DataPoint(idx=place, spPr=GraphicalProperties(ln=line))
            made.marker = _marker(point) if is_shown else Marker(symbol="none")
            yield made


def _marker(point: Point) -> Any:
    kind, _, way = point.variation.lower().partition(" ")
    made: Any = Marker(symbol="square" if kind == "neutral" else SYMBOLS[way], size=9)
    made.graphicalProperties = GraphicalProperties(solidFill=SPECIAL[kind][1:])
    made.graphicalProperties.line.noFill = True
    return made


def _set_axes(chart: Any, series: Series) -> None:
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblSkip = 3
    chart.x_axis.tickLblPos = "low"
    ticks = ticks_of(series)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = float(ticks[0]), float(ticks[-1])
    chart.y_axis.majorUnit = float(ticks[1] - ticks[0])
    chart.y_axis.number_format = number_format(decimals_of(ticks[1] - ticks[0]))
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_ln("e6e6e6", 9525))
    chart.title = None
    chart.display_blanks = "gap"


def _with_band(chart: Any, book: Workbook, series: Series, span: tuple[int, int]) -> Any:
    """The line over its target band: a stacked area whose lower part is invisible.

    A band that changed stands on columns without gaps, which step where an area would slope. A
    spreadsheet stacks what is below zero apart, so such a band stays an area.
    """
    is_stepped = len(series.stretches) > 1 and all(s.low >= 0 for s in series.stretches)
    area: Any = BarChart(gapWidth=0, overlap=100) if is_stepped else AreaChart()
    area.grouping = "stacked"
    for column, name in ((_TARGET, "Target from"), (_HEIGHT, "Target range")):
        part: Any = SeriesFactory(_values(book, span, column), title=name)
        fill = (
            GraphicalProperties(noFill=True)
            if column == _TARGET
            else GraphicalProperties(solidFill=BAND[1:])
        )
        fill.line.noFill = True
        part.graphicalProperties = fill
        area.series.append(part)
    area.set_categories(_values(book, span, 2))
    _set_size(area)
    area.legend.legendEntry = [LegendEntry(idx=0, delete=True)]  # the invisible part
    area.x_axis, area.y_axis = chart.x_axis, chart.y_axis
    area += chart
    area.display_blanks = "gap"
    return area


def _values(book: Workbook, span: tuple[int, int], column: int) -> Reference:
    return Reference(book["Chart_data"], min_col=column, min_row=span[0], max_row=span[1])


def _add_line(
    chart: Any,
    book: Workbook,
    span: tuple[int, int],
    column: int,
    name: str,
    colour: str,
    width: int,
    dash: str | None = None,
) -> Any:
    line: Any = SeriesFactory(_values(book, span, column), title=name)
    line.graphicalProperties = GraphicalProperties(ln=_ln(colour[1:], width, dash))
    line.smooth = False
    line.marker.symbol = "none"
    chart.series.append(line)
    chart.set_categories(_values(book, span, 2))
    return line


def _ln(colour: str, width: int, dash: Any = None) -> LineProperties:
    return LineProperties(solidFill=colour, w=width, prstDash=dash)
