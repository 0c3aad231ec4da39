"""The colour of a figure, and what stands beside it: a forecast's, the original target's."""

from dataclasses import replace
from datetime import date

from scorecard.direction import year_before
from scorecard.drafts import Draft, Drafts, other_of
from scorecard.rating import NOT_RATED, Case, Rating, rate

_UNRATED = {
    "awaiting": "awaiting data",
    "not_applicable": "not applicable",
    "suppressed": "suppressed",
}


def rated(draft: Draft, drafts: Drafts) -> Rating:
    """The colour of a draft, or why it has none; beside it that of its forecast, if it has one."""
    forecast = drafts.get((draft.definition.forecast, draft.period.key, draft.directorate))
    if forecast is None:
        return _alone(draft, drafts)
    # A figure has one colour: where the forecast is rated by a rule of its own, that is it.
    own = _alone(forecast, drafts).rag
    rating = _alone(draft, drafts, forecast)
    return rating if own == NOT_RATED else replace(rating, beside=own)


def _alone(
    draft: Draft,
    drafts: Drafts,
    forecast: Draft | None = None,
) -> Rating:
    exact, printed = draft.standing.exact, draft.printed
    if exact is None or printed is None:
        return Rating(NOT_RATED, _UNRATED[draft.standing.state])
    if draft.rule is None:
        return Rating(NOT_RATED, _no_target(draft.gap))
    if "small_numbers" in draft.standing.flags:
        return Rating(NOT_RATED, "small numbers: too few cases to rate")
    is_carbon = draft.definition.kind == "carbon" and draft.rule.method != "none"
    if is_carbon and (draft.is_in_doubt or draft.standing.lower is None):
        return Rating(NOT_RATED, "carbon: its interval is not known or includes zero")
    ago = other_of(draft, year_before(draft.period), drafts)
    year_ago = ago.standing.exact if ago and ago.comparable is not None else None
    case = Case(exact, printed, draft.definition.better, year_ago, _ahead(forecast))
    return rate(case, draft.rule)


def _no_target(gap: tuple[date, date | None] | None) -> str:
    """That a figure has no target yet, or none any more."""
    if gap is None:
        return "baseline: no target yet"
    first, last = gap
    until = f"to {last:%-d %B %Y}" if last else "on"
    return f"gap: no target in force from {first:%-d %B %Y} {until}"


def _ahead(forecast: Draft | None) -> Case | None:
    """The forecast outturn as a case to rate, if it can be shown and rests on enough."""
    if forecast is None or forecast.comparable is None or forecast.standing.exact is None:
        return None
    return Case(forecast.standing.exact, forecast.comparable, forecast.definition.better)


def beside(draft: Draft, drafts: Drafts, rating: Rating) -> dict[str, str]:
    """Colours that stand beside a figure's own, by the name under which it keeps them."""
    told = {"forecast_rag": rating.beside} if rating.beside else {}
    if draft.original is None:
        return told
    first = rated(replace(draft, rule=draft.original), drafts).rag
    return told if first in (NOT_RATED, rating.rag) else {**told, "original_rag": first}
