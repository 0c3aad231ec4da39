"""What a mapping can say of several columns together, where no heading alone tells."""

from collections.abc import Iterator, Mapping, Sequence

from scorecard.column_values import Column
from scorecard.column_words import plain_words

_MONTHS = frozenset(
    ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
)
_DEBIT, _CREDIT = {"debit", "debits", "dr"}, {"credit", "credits", "cr"}


def hints(columns: Mapping[str, Column], left: Sequence[str], table: str) -> Iterator[str]:
    """Lines for a person, about all headings or those that are left for no column."""
    words = {heading: plain_words(heading) for heading in columns}
    if table == "ledger":
        debit = [heading for heading in columns if _DEBIT & set(words[heading])]
        credit = [heading for heading in columns if _CREDIT & set(words[heading])]
        if len(debit) == len(credit) == 1:
            sides = f"add: [{debit[0]}], take: [{credit[0]}]"
            yield f"two sides: actual_ytd: {{{sides}, some_empty: allowed}}"
        months = {said[0][:3] for said in words.values() if said} & _MONTHS
        if months == _MONTHS:
            yield "a column for each of 12 months: see unpivot, also and running_sum in decision 39"
    if times := [heading for heading in left if "time" in columns[heading].kinds]:
        before = "{join: [Day, Time], joined_by: space}"
        yield f"times without a day: {', '.join(times)}. Put the day before: {before}"
