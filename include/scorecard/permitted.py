"""What a key or a cell of the council's files may hold, beyond its shape.

A field whose type is one of these is refused at reading if it holds anything else.
"""

import re
from collections.abc import Collection
from decimal import Decimal
from ipaddress import ip_network
from typing import Annotated, Literal, TypeVar

from scorecard.period import FinancialQuarter, Month, UnknownPeriod
from scorecard.strict import Must

T = TypeVar("T")
_OTHERWISE = ("*", "COUNCIL", "UNKNOWN")  # every directorate, all of them together, and none
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_ENDING = re.compile(r"(\.[A-Za-z0-9_-]+)+")
_CLOSES = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


def _is_quarter(text: str) -> bool:
    try:
        FinancialQuarter.parse(text)
    except UnknownPeriod:
        return False
    return True


def _is_month(text: str) -> bool:
    try:
        Month.parse(text)
    except UnknownPeriod:
        return False
    return True


def _is_range(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _each_once(days: Collection[int]) -> bool:
    return 0 < len(days) == len(set(days))


FromOne = Annotated[int, Must(lambda n: n >= 1, "a whole number from 1")]
WorkingDay = Annotated[int, Must(lambda n: 1 <= n <= 60, "a working day from 1 to 60")]
FromNought = Annotated[Decimal, Must(lambda n: n >= 0, "a number from 0")]
AboveNought = Annotated[Decimal, Must(lambda n: n > 0, "a number above 0")]
HoursOfADay = Annotated[Decimal, Must(lambda n: 0 < n <= 24, "a number above 0, up to 24")]
Some = Annotated[tuple[T, ...], Must(len, "a list of one or more")]

Weekday = Annotated[int, Must(lambda n: 1 <= n <= 7, "a weekday from 1 (Monday) to 7 (Sunday)")]
Weekdays = Annotated[tuple[Weekday, ...], Must(_each_once, "one weekday or more, each once")]
ClosingTime = Annotated[
    str, Must(_CLOSES.fullmatch, "a time of day such as 18:00, or 24:00 for its end")
]
FinancialYear = Annotated[
    str, Must(lambda year: _is_quarter(f"{year}-Q1"), "a financial year such as 2025-26")
]
Quarter = Annotated[str, Must(_is_quarter, "a financial quarter such as 2025-26-Q1")]
CalendarMonth = Annotated[str, Must(_is_month, "a month such as 2025-04")]
PlainName = Annotated[str, Must(_NAME.fullmatch, "a name without spaces, dots and slashes")]
Ending = Annotated[
    str, Must(_ENDING.fullmatch, "the ending of a file's name, from its dot, such as .ctl")
]
DirectorateCode = Annotated[
    str, Must(lambda code: code not in _OTHERWISE, "a code that means one directorate alone")
]
Addresses = Annotated[str, Must(_is_range, "a range of addresses such as 10.20.0.0/16")]

TicketType = Literal["incident", "request"]
Priority = Literal["P1", "P2", "P3", "P4", "P5"]
