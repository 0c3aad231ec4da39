"""What one rule found in one file, and why it refuses the file, in words."""

from dataclasses import dataclass

from scorecard.admission import Refused
from scorecard.checks import Rule


@dataclass(frozen=True)
class Verdict:
    """What one rule found in one file."""

    rule: str
    dimension: str
    severity: str
    rows_checked: int
    rows_failed: int
    result: str  # passed, set aside, failed
    why: str


def why_refused(
    name: str,
    failed: Verdict,
    rule: Rule,
    faulty: int,
    most: tuple[str, int, str] | None,
) -> Refused:
    """The refusal of a file by a critical rule. `most` is the commonest reason of its rows."""
    if rule.of != "extract" or rule.kwargs.get("column") != "percent_faulty":
        what = (
            f"the critical rule {failed.rule} fails for {failed.rows_failed:,} of "
            f"{failed.rows_checked:,} rows."
        )
    else:
        limit = float(rule.kwargs["max_value"])
        what = (
            f"{faulty:,} of {failed.rows_checked:,} rows are set aside as faulty "
            f"({_beyond(100 * faulty / failed.rows_checked, limit)} %), more than the {limit:g} % "
            f"that the critical rule {failed.rule} allows."
        )
    example = "Most often: {2} ({0}, {1:,} rows). ".format(*most) if most else ""
    return Refused(
        f"{name}: {what} {failed.why} {example}Nothing of the file is used; "
        "ask its owner to correct it and send it again."
    )


def _beyond(percent: float, limit: float) -> str:
    """A share to so many places that it is seen to be beyond its limit."""
    places = (f"{percent:.{n}f}" for n in range(1, 9))
    return next((text for text in places if float(text) > limit), f"{percent}")
