"""The budget's and savings' KPIs, reckoned from the words of their definitions, in pence."""

from fractions import Fraction

import numpy as np
import pandas as pd

from oracle.calendar import financial_year
from oracle.given_money import FIRST
from oracle.rows import NONE
from oracle.tally import COUNCIL, NAMES, Monthly, place, ratios

PENNY = 100
AMOUNTS = ("revised_budget", "profiled_ytd", "actual_ytd", "commitments", "forecast_outturn")


def _last_months(months, spans):
    """The last month of each span that was received; spans without any are left out."""
    received = np.unique(months)
    inside = {span: received[(received >= span.first) & (received <= span.last)] for span in spans}
    return {span: int(found[-1]) for span, found in inside.items() if len(found)}


def _at_last_month(spans, sums, above, below):
    """Answers of a snapshot: at the last month received of each span; denominators unsigned."""
    last = _last_months(sums.sums.index.get_level_values("month"), spans)
    snapshots = [type(span)(span.key, number, number) for span, number in last.items()]
    answers = ratios(snapshots, (sums, above), (sums, below), PENNY)
    return {key: (top, abs(bottom)) for key, (top, bottom) in answers.items()}


class Ledger:
    """The lines that count of each month, income negative: newest forecast of the last period."""

    def __init__(self, rows):
        frame = pd.DataFrame(rows.columns)
        frame["year"] = frame["fin_year"] + 2022
        frame["month"] = (frame["year"] - 1970) * 12 + 2 + np.minimum(frame["period_no"], 12)
        frame["place"] = place(frame["directorate"].to_numpy())
        last = frame.groupby("month")["period_no"].transform("max")
        frame = frame[frame["period_no"] == last]
        line = ["month", "cost_centre", "subjective", "project_code"]
        self.as_sent = frame.sort_values(["as_at", "forecast_version"]).drop_duplicates(
            line, keep="last"
        )
        self.frame = self._turned(frame, self.as_sent.copy())

    def _turned(self, every, frame):
        """Income budgets that add up to more than zero are printed positive: turn them."""
        income = every[every["income_flag"] == 1].groupby("month")["revised_budget"].sum()
        positive = frame["month"].isin(income[income > 0].index) & (frame["income_flag"] == 1)
        for amount in AMOUNTS:
            turned = positive & (frame[amount] != NONE)
            frame[amount] = np.where(turned, -frame[amount], frame[amount])
        return frame


def expected_ledger(rows, spans, finance):
    """Every ledger KPI: answers by period and directorate."""
    ledger = Ledger(rows)
    revenue = ledger.frame[ledger.frame["capital_flag"] != 1]
    return {
        "forecast_outturn_variance": _forecast(revenue, spans),
        "profiled_budget_variance": _profile(revenue, spans),
        "ledger_difference_from_control": _control(ledger, spans),
        "strategy_envelope_spent": _envelope(ledger, rows, spans, finance),
    }


def _forecast(revenue, spans):
    told = revenue[revenue["forecast_outturn"] != NONE]
    variance = told["forecast_outturn"] - told["revised_budget"]
    sums = Monthly(told["month"], told["place"], over=variance, budget=told["revised_budget"])
    return _at_last_month(spans, sums, "over", "budget")


def _profile(revenue, spans):
    """Without a profile the year is a straight line, each line to the nearest penny."""
    parts = revenue["revised_budget"] * np.minimum(revenue["period_no"], 12)
    line = np.sign(parts) * ((abs(parts) * 2 + 12) // 24)
    profile = np.where(revenue["profiled_ytd"] == NONE, line, revenue["profiled_ytd"])
    over = revenue["actual_ytd"] - profile
    sums = Monthly(revenue["month"], revenue["place"], over=over, profile=profile)
    return _at_last_month(spans, sums, "over", "profile")


def _control(ledger, spans):
    """For the council as a whole: a control total has no directorate."""
    months = ledger.as_sent.groupby("month")
    out = (months["actual_ytd"].sum() - months["control_total"].max()).abs()
    answers = {}
    for span in spans:
        mine = out[(out.index >= span.first) & (out.index <= span.last)]
        if len(mine):
            answers[span.key, COUNCIL] = Fraction(int(mine.sum()), PENNY), Fraction(1)
    return answers


def _envelope(ledger, rows, spans, finance):
    """Spent in each year to its last month, and committed at the end, of the envelope."""
    envelope = next(money for money in finance if money.kind == "funding_envelope")
    first, last = int(envelope.first_year[:4]), int(envelope.last_year[:4])
    frame = ledger.frame
    mine = frame[frame["project_code"] == rows.code("project_code", envelope.project_code)]
    answers = {}
    for span, now in _last_months(frame["month"], spans).items():
        year = int(financial_year(now))
        if year < first:
            continue
        spent = 0
        for each in range(first, min(year, last) + 1):
            until = frame.loc[(frame["year"] == each) & (frame["month"] <= now), "month"].max()
            spent += int(mine.loc[mine["month"] == until, "actual_ytd"].sum())
        is_owed = (mine["month"] == now) & (mine["commitments"] != NONE) & (mine["year"] <= last)
        owed = mine.loc[is_owed, "commitments"]
        total = Fraction(spent + int(owed.sum()), PENNY)
        answers[span.key, COUNCIL] = total, Fraction(envelope.amount_gbp)
    return answers


def expected_savings(rows, spans, finance):
    """Every savings KPI: answers by period and directorate."""
    frame = pd.DataFrame(rows.columns)
    frame["month"] = frame["as_at_month"] + FIRST
    frame["place"] = place(frame["directorate"].to_numpy())
    frame["begins"] = frame["year"] + 2022
    frame = frame[frame["begins"] == financial_year(frame["month"])]
    once = frame.drop_duplicates(["saving_id", "year", "month"])
    told = once[once["profiled_target_ytd"] != NONE]
    delivered = Monthly(
        told["month"], told["place"], above=told["delivered"], below=told["profiled_target_ytd"]
    )
    secured = Monthly(
        once["month"], once["place"],
        above=once["delivered"] + once["on_track"], below=once["target"],
    )  # fmt: skip
    return {
        "savings_delivered": _at_last_month(spans, delivered, "above", "below"),
        "savings_secured": _at_last_month(spans, secured, "above", "below"),
        "strategy_savings_delivered": _strategy(frame, rows, spans, finance),
    }


def _strategy(frame, rows, spans, finance):
    """Each year of the strategies with savings, at its last month until then; one saving once."""
    promised = {money.strategy: money for money in finance if money.kind == "saving"}
    codes = [rows.code("strategy", name) for name in promised]
    mine = frame[frame["strategy"].isin(codes) & (frame["profiled_target_ytd"] != NONE)]
    mine = mine.drop_duplicates(["saving_id", "year", "month"])
    sums = mine.groupby(["begins", "month", "place"])[["delivered", "profiled_target_ytd"]].sum()
    first = min(int(money.first_year[:4]) for money in promised.values())
    last = max(int(money.last_year[:4]) for money in promised.values())
    answers = {}
    for span, now in _last_months(frame["month"], spans).items():
        tops, bottoms = dict.fromkeys((*NAMES, COUNCIL), 0), dict.fromkeys((*NAMES, COUNCIL), 0)
        for year in range(first, min(last, int(financial_year(now))) + 1):
            of_year = frame.loc[(frame["begins"] == year) & (frame["month"] <= now), "month"]
            for number, row in sums.loc[year, int(of_year.max())].iterrows():
                for name in (NAMES[number], COUNCIL):
                    tops[name] += int(row["delivered"])
                    bottoms[name] += int(row["profiled_target_ytd"])
        for name, top in tops.items():
            answers[span.key, name] = Fraction(top, PENNY), Fraction(bottoms[name], PENNY)
    return answers
