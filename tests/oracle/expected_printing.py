"""The printing KPIs, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np
import pandas as pd

from oracle.calendar import london_month, month
from oracle.given_people import FIRST
from oracle.rows import NONE
from oracle.tally import OTHER, Monthly, counts, place, ratios

MILLION = 1_000_000


def expected(jobs, staff, force, spans, baseline_year=2023):
    """Every printing KPI, and the sheets of the carbon line: answers by period and directorate."""
    sums = _monthly(jobs, staff)
    return {
        "pages_printed": counts(spans, sums, "pages"),
        "pages_per_fte_working_day": _per_day(spans, sums, "pages", force, "contracted"),
        "sheets_used": counts(spans, sums, "sheets"),
        "pages_printed_duplex": ratios(spans, (sums, "duplex"), (sums, "duplex_of")),
        "pages_printed_in_colour": ratios(spans, (sums, "colour"), (sums, "colour_of")),
        "print_reduction_from_baseline": _reduced(spans, sums, baseline_year),
        "printing_emissions_avoided": _per_day(spans, sums, "sheets", force, "worked"),
    }


def known(values):
    """Numbers with nothing where one is not known."""
    return np.where(values == NONE, 0, values)


def _monthly(jobs, staff):
    came_out = (jobs["printed"] != 0) & (jobs["refunded"] != 1) & (jobs["cancelled"] != 1)
    months = london_month(jobs["job_at"])
    pages, copies = known(jobs["pages"]), known(jobs["copies"])
    printed = pages * copies
    sheets = np.where(jobs["pages"] == NONE, 0, _sheets(jobs, pages)) * copies
    sheets = np.where(jobs["sheets"] == NONE, sheets, jobs["sheets"])
    sheets = np.where(jobs.has("paper_size", "A3"), sheets * 2, sheets)
    counted = jobs["duplex_pages"]
    said = ((jobs["duplex"] != NONE) | (counted != NONE)) & (jobs["pages"] != NONE)
    several = ((jobs["pages"] >= 2) | jobs.has("grain", "user_day")) & said
    both_sides = np.where(counted == NONE, pages * (jobs["duplex"] == 1), counted) * copies
    in_colour = jobs["colour_pages"] != NONE
    amounts = {
        "pages": printed,
        "sheets": sheets,
        "duplex": both_sides * several,
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


def _sheets(jobs, pages):
    """The sheets of one copy: two pages each of those on both sides, the odd last page alone."""
    by_flag = np.where(jobs["duplex"] == 1, pages, 0)
    both_sides = np.where(jobs["duplex_pages"] == NONE, by_flag, jobs["duplex_pages"])
    return pages - both_sides + (both_sides + 1) // 2


def _places(jobs, staff, months):
    """The directorate that the log names, else the person's in the nearest list until then."""
    listed = pd.DataFrame({
        "month": staff["month"] + FIRST,
        "person": staff["person_pseud"],
        "of_person": place(staff["directorate"]),
    }).sort_values("month")  # fmt: skip
    asked = pd.DataFrame({"month": months, "person": jobs["user_pseud"]})
    asked = asked.reset_index().sort_values("month", kind="stable")
    found = pd.merge_asof(asked, listed, on="month", by="person").sort_values("index")
    of_person = found["of_person"].fillna(OTHER).to_numpy().astype(np.int64)
    return np.where(jobs["directorate"] == NONE, of_person, jobs["directorate"])


def _per_day(spans, sums, name, days, kind):
    """An amount over FTE-days, which are millionths."""
    answers = ratios(spans, (sums, name), (days, kind))
    return {key: (top, bottom / MILLION) for key, (top, bottom) in answers.items()}


def _reduced(spans, sums, baseline_year):
    """The baseline's pages less those of now, over the baseline's."""
    answers = {}
    for span in (span for span in spans if "Q" in span.key):
        back = 12 * ((span.first - month("1970-04")) // 12 - (baseline_year - 1970))
        base = sums.over("pages", span.first - back, span.last - back)
        now = sums.over("pages", span.first, span.last)
        for name in {*base, *now}:
            then = base.get(name, 0)
            answers[span.key, name] = Fraction(then - now.get(name, 0)), Fraction(then)
    return answers
