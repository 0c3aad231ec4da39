"""The remote-working KPIs and carbon activity, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np

from oracle.calendar import Span, month
from oracle.expected_places import in_force, places
from oracle.given_people import FIRST, MILLION
from oracle.rows import NONE
from oracle.tally import Monthly, place, ratios

HOURS = 7_400_000  # of a full-time day, in millionths, as the council has decided


def expected(staff, force, events, survey, clock, spans):
    """Every remote-working KPI and carbon activity: answers by period and directorate."""
    sums = places(in_force(staff), events, clock)
    share = ratios(spans, (sums, "home"), (sums, "placed"), MILLION)
    weeks = ratios(spans, (sums, "home"), (force, "remote_days"), MILLION)
    covered = ratios(spans, (sums, "evidenced"), (force, "worked"), MILLION)
    saved = ratios(spans, (sums, "saved"), (sums, "placed"), MILLION)
    of_all = ratios(spans, (sums, "saved"), (sums, "worked"), MILLION)
    hours = ratios(spans, (force, "hours"), (force, "worked"), MILLION)
    return {
        "remote_working_share": _less(share, MILLION, MILLION),
        "home_days_per_fte_week": _less(weeks, MILLION, 5),
        "remote_evidence_coverage": _less(covered, MILLION, 1),
        "commute_trips_avoided": _less(saved, MILLION, MILLION),
        "commuting_emissions_avoided": _less(of_all, MILLION, MILLION),
        "home_working_emissions_added": _less(hours, MILLION, 1),
        "net_emissions_avoided": _mean_fte(spans, force),
        "commute_distance_avoided": _distance(spans, survey),
    }


def _less(answers, above, below):
    """Numerators and denominators in their own units."""
    return {key: (top / above, bottom / below) for key, (top, bottom) in answers.items()}


def workforce_by_month(workforce, clock):
    """What the workforce file gives of each month; FTE times working days where it does not."""
    months = workforce["month"] + FIRST
    days = np.array(
        [len(clock.working_days_of(number)) for number in range(FIRST, months.max() + 1)]
    )
    days = days[workforce["month"]]
    contracted = workforce["contracted_fte_days"]
    contracted = np.where(contracted == NONE, workforce["fte"] * days, contracted)
    worked = contracted - workforce["leave_fte_days"]
    hours = np.where(workforce["hours_per_day"] == NONE, HOURS, workforce["hours_per_day"])
    return Monthly(
        months, place(workforce["directorate"]),
        contracted=contracted,
        worked=worked,
        hours=worked * hours,
        fte=workforce["fte"],
        remote_days=workforce["remote_capable_fte"] * days,
        there=np.ones(len(days), np.int64),
    )  # fmt: skip


def _mean_fte(spans, force):
    """FTE of each month over the months for which there is any."""
    answers = {}
    for span in spans:
        months = range(span.first, span.last + 1)
        there = [force.over("there", number, number) for number in months]
        for name, fte in force.over("fte", span.first, span.last).items():
            answers[span.key, name] = (
                Fraction(fte, MILLION),
                Fraction(sum(name in m for m in there)),
            )
    return answers


def _distance(spans, survey):
    """Weighted kilometres over weights, of the newest wave that has begun by the period's end."""
    begins = np.array([month(text) for text in survey.labels["surveyed_month"]])
    good = (survey["one_way_km"] != NONE) & (survey["mode"] != NONE)
    weight = np.where(survey["weight"] == NONE, MILLION, survey["weight"])[good]
    sums = Monthly(
        begins[survey["surveyed_month"]][good], place(survey["directorate"])[good],
        km=survey["one_way_km"][good] // 10_000 * weight, weight=weight,
    )  # fmt: skip
    answers = {}
    for span in spans:
        newest = int(begins[begins <= span.last].max())
        wave = Span(span.key, newest, newest)
        found = ratios([wave], (sums, "km"), (sums, "weight"), MILLION)
        answers |= _less(found, 100, 1)
    return answers
