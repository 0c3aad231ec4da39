"""The sheets that every pack has, in order, and the columns that were agreed for each.

A sheet or a column may stand between them; none is missing, renamed or moved. A pack of a year
has the year, the year before and its quarters in the Summary, where others have the quarter's.
"""

AGREED = """
Cover:
Contents: Worksheet, Title, Rows
Notes: Note number, Note text
Summary: KPI id, KPI, Theme, Unit, Better is, This quarter, Previous quarter, Same quarter last year, Year to date, Target, RAG, Direction of travel, Variation, Assurance, Marker, Notes
Exceptions: KPI id, Directorate, Why listed, Cause, Action, Owner role, By when
Changes: Kind, KPI id, Previous, New, From, Reason, Approved by
KPI_figures: KPI id, Version, Directorate, Period, Numerator, Denominator, Value, Target, RAG, Direction of travel, Marker
KPI_series: KPI id, Month, Value, Mean, Lower process limit, Upper process limit, Target from, Target to, Variation, Marker
KPI_definitions: KPI id, KPI, Definition, Unit, Better is, Accumulation, Owner, Version, Version since, RAG rule, Tables
Tickets: Month, Directorate, Type, Opened, Resolved, Resolved within SLA, Open at month end, Marker
Budget: Month, Directorate, Revised budget (GBP), Profile to date (GBP), Actual to date (GBP), Commitments (GBP), Variance to date (GBP), Forecast outturn (GBP), Marker
Printing: Month, Directorate, Pages, Colour pages, Duplex pages, Sheets (A4 equivalent), Marker
Remote_working: Month, Directorate, Home FTE-days, Office FTE-days, Unknown FTE-days, Remote share (percent), Evidence coverage (percent), Marker
Carbon: Period, Directorate, Component, Kilograms CO2e, Lower bound, Upper bound, Activity effect, Factor effect, Factor year, Marker
Factors: Factor id, Description, Value, Unit, Publisher, Publication year, Version, Used for
Revisions: KPI id, Directorate, Period, Previous value, Revised value, Type, Reason, First shown in
Data_quality: Check, Source, Severity, Rows checked, Rows set aside, Result, Effect on figures
Provenance: Source, Extract, SHA-256, Received, Rows received, Rows accepted, Rows set aside
Chart_data: KPI id, Month, Value, Mean, Lower process limit, Upper process limit, Target from, Target range height
Charts:
"""  # noqa: E501
SHEETS = {
    name: tuple(columns.split(", ")) if columns else ()
    for name, columns in (
        line.split(": ") if ": " in line else (line[:-1], "")
        for line in AGREED.strip().splitlines()
    )
}
QUARTERLY = ("This quarter", "Previous quarter", "Same quarter last year", "Year to date")
YEARLY = ("This year", "Previous year", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4")


def figures_of(columns):
    """The columns of a Summary that hold figures: of a quarter's pack, or of a year's."""
    return YEARLY if YEARLY[0] in columns else QUARTERLY


def agreed(sheet, columns):
    """The columns that were agreed for a sheet with these columns."""
    whole = SHEETS.get(sheet, ())
    if sheet != "Summary":
        return whole
    first, last = whole.index(QUARTERLY[0]), whole.index(QUARTERLY[-1])
    return (*whole[:first], *figures_of(columns), *whole[last + 1 :])
