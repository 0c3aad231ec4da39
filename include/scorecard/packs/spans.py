"""The time that a pack tells of, in words, and the periods that it is compared with.

A pack tells of a quarter, or of the year that its quarter ends. Its figures are those that were
measured for that time; nothing is added up here.
"""

from scorecard.council import last_day_of
from scorecard.packs.records import PackRecords
from scorecard.packs.words import day, quarter_months, quarter_name
from scorecard.period import FinancialQuarter, Month

THIS_QUARTER, THIS_YEAR = "This quarter", "This year"
OF_QUARTER = ("Previous quarter", "Same quarter last year", "Year to date")
OF_YEAR = ("Previous year", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4")


def columns(records: PackRecords) -> dict[str, str]:
    """The headings of a KPI's figures, each with its period: the pack's own first."""
    quarter = records.quarter
    ago = quarter.shifted(-4)
    if not records.is_of_year:
        others = (str(quarter.shifted(-1)), str(ago), quarter.year_to_date.key)
        return dict(zip((THIS_QUARTER, *OF_QUARTER), (records.period, *others), strict=True))
    quarters = (str(FinancialQuarter(quarter.year, number)) for number in (1, 2, 3, 4))
    keys = (records.period, ago.year_to_date.key, *quarters)
    return dict(zip((THIS_YEAR, *OF_YEAR), keys, strict=True))


def beside(records: PackRecords) -> dict[str, str]:
    """The quarters of a one-off pack that stand nowhere else among a KPI's figures."""
    shown = columns(records).values()
    return {
        quarter_name(FinancialQuarter.parse(key)): key
        for key in sorted(records.variant.quarters)
        if key not in shown
    }


def months(records: PackRecords) -> tuple[Month, ...]:
    """Every month of the time that the pack tells of."""
    own = records.quarter.months
    return tuple(own[-1].shifted(step) for step in range(-11, 1)) if records.is_of_year else own


def whole(records: PackRecords) -> str:
    """The time as a sentence names it."""
    return "the whole year" if records.is_of_year else "the whole quarter"


def name(records: PackRecords) -> str:
    """The time as the title of a table names it: 2025-26-Q1, 2024-25."""
    return records.quarter.financial_year if records.is_of_year else str(records.quarter)


def title(records: PackRecords) -> str:
    """The pack's title."""
    quarter = records.quarter
    said = records.variant.title or "Performance pack"
    if records.is_of_year:
        return f"{said}, {_months_of_year(quarter)}: the year {quarter.financial_year}"
    return (
        f"{said}, {quarter_months(quarter)}: Quarter {quarter.number} of {quarter.financial_year}"
    )


def in_full(records: PackRecords) -> str:
    """The time as the cover names it."""
    return _in_full(records, records.quarter)


def following(records: PackRecords) -> str:
    """The time of the next pack of this kind, and after which day it comes."""
    if records.variant.quarters:
        return "None: this pack is made once"
    then = records.quarter.shifted(4 if records.is_of_year else 1)
    return f"{_in_full(records, then)}, after {day(last_day_of(then.period))}"


def first_reason(records: PackRecords) -> str:
    """Why a first revision was made."""
    return f"First pack of the {'year' if records.is_of_year else 'quarter'}"


def _in_full(records: PackRecords, quarter: FinancialQuarter) -> str:
    if records.is_of_year:
        return f"{_months_of_year(quarter)} (financial year {quarter.financial_year})"
    return f"{quarter_months(quarter)} ({quarter_name(quarter)})"


def _months_of_year(quarter: FinancialQuarter) -> str:
    return f"April {quarter.year} to March {quarter.year + 1}"
