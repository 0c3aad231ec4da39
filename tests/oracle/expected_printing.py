"""The printing KPIs, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np
import pandas as pd

from tests.oracle.calendar import Span, london_month, month
from tests.oracle.given_people import FIRST
from tests.oracle.rows import NONE
from tests.oracle.tally import Monthly, counts, place, ratios

MILLION = 1_000_000


def expected(jobs, staff, workforce, spans, baseline_year=2023):
    """Every printing KPI, and the sheets of the carbon line: answers by period and directorate."""
    sums = _monthly(jobs, staff)
    days = Monthly(
        workforce["month"] + FIRST,
        place(workforce["directorate"]),
        contracted=known(workforce["contracted_fte_days"]),
        worked=known(workforce["contracted_fte_days"]) - known(workforce["leave_fte_days"]),
    )
    return {
        "pages_printed": counts(spans, sums, "pages"),
        "pages_per_fte_working_day": _per_day(spans, sums, "pages", days, "contracted"),
        "sheets_used": counts(spans, sums, "sheets"),
        "pages_printed_duplex": ratios(spans, (sums, "duplex"), (sums, "duplex_of")),
        "pages_printed_in_colour": ratios(spans, (sums, "colour"), (sums, "colour_of")),
        "print_reduction_from_baseline": _reduced(spans, sums, baseline_year),
        "printing_emissions_avoided": _per_day(spans, sums, "sheets", days, "worked"),
    }


def known(values):
    """Numbers with nothing where one is not known."""
    return np.where(values == NONE, 0, values)


def _monthly(jobs, staff):
    came_out = (jobs["printed"] != 0) & (jobs["refunded"] != 1) & (jobs["cancelled"] != 1)
    months = london_month(jobs["job_at"])
    pages, copies = known(jobs["pages"]), known(jobs["copies"])
    printed = pages * copies
    is_duplex, said = jobs["duplex"] == 1, jobs["duplex"] != NONE
    sheets = np.where(is_duplex, (pages + 1) // 2, pages) * copies
    sheets = np.where(jobs["sheets"] == NONE, sheets, jobs["sheets"])
    sheets = np.where(jobs.has("paper_size", "A3"), sheets * 2, sheets)
    several = (pages >= 2) & said
    in_colour = jobs["colour_pages"] != NONE
    amounts = {
        "pages": printed,
        "sheets": sheets,
        "duplex": printed * (is_duplex & several),
        "duplex_of": printed * several,
        "colour": known(jobs["colour_pages"]) * copies,
        "colour_of": printed * in_colour,
    }
    places = _places(jobs, staff, months)
    return Monthly(
        months[came_out],
        places[came_out],
        **{name: amount[came_out] for name, amount in amounts.items()},
    )


def _places(jobs, staff, months):
    """The directorate that the log names, else that of the person in the month's staff list."""
    listed = pd.Series(
        staff["directorate"],
        index=pd.MultiIndex.from_arrays([staff["month"] + FIRST, staff["person_pseud"]]),
    )
    asked = pd.MultiIndex.from_arrays([months, jobs["user_pseud"]])
    of_person = listed.reindex(asked).fillna(NONE).to_numpy().astype(np.int64)
    return place(np.where(jobs["directorate"] == NONE, of_person, jobs["directorate"]))


def _per_day(spans, sums, name, days, kind):
    """An amount over FTE-days, which are millionths."""
    answers = ratios(spans, (sums, name), (days, kind))
    return {key: (top, bottom / MILLION) for key, (top, bottom) in answers.items()}


def _reduced(spans, sums, baseline_year):
    """The baseline's pages less those of now, over the baseline's."""
    answers = {}
    for span in spans:
        back = 12 * ((span.first - month("1970-04")) // 12 - (baseline_year - 1970))
        base = sums.over("pages", span.first - back, span.last - back)
        now = sums.over("pages", span.first, span.last)
        for name in {*base, *now}:
            then = base.get(name, 0)
            answers[span.key, name] = Fraction(then - now.get(name, 0)), Fraction(then)
    return answers


__all__ = ["Span", "expected", "known"]
