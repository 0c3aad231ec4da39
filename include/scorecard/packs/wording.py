"""The pack's words that do not depend on figures: states, notes, glossary, licence."""

from scorecard.decisions import Suppression
from scorecard.packs.words import MARKER_WORDS

LICENCE = "Open Government Licence v3.0"

STATES = {
    "draft": "Draft, not for publication",
    "reviewed": "Reviewed, not yet published",
    "published": "Published",
}

_NOTES = (
    "Financial quarters run from April: Quarter 1 is April to June. Months and quarters begin at "
    "midnight in London.",
    "A quarter is counted afresh from its rows; it is never an average of months. The council's "
    "figure comes from all rows, never from an average of directorates.",
    "Figures are divided and rounded once, half up. Parts may not sum because of rounding.",
    "A figure that is missing is never shown as zero.",
    "RAG ratings compare the unrounded figure with the target in force for the period; a figure "
    "that prints equal to its target is Green. Amber and Red follow each KPI's own rule, on the "
    "sheet KPI_definitions.",
    "Direction of travel says whether the figure is better or worse than in the period that the "
    "KPI's definition names.",
    "Resolution measures count tickets resolved in the period, response measures tickets opened "
    "in it. Results within SLA are worked out again from times; the vendor's flag is only "
    "compared.",
    "All carbon figures are estimates, made with the official factors of the year of the data. "
    "A negative saving is an increase and is shown as one.",
    "No single log measures remote working. Evidence coverage says how many days have evidence.",
    "Where a correction changes a figure, a new revision lists each figure that moved. A "
    "published pack never changes.",
    "Process limits and variation are not yet part of this pack. When they are, moving ranges "
    "are not screened.",
)

GLOSSARY = {
    "Band": "A range in which a figure should lie.",
    "CO2e": "Carbon dioxide equivalent: all greenhouse gases, expressed as carbon dioxide.",
    "FTE": "Full-time equivalent: two half-time posts are one FTE.",
    "FTE-day": "One working day of one full-time post.",
    "Profile": "The part of the year's budget that was planned to be spent by now.",
    "RAG": "Red, Amber or Green: how a figure stands to its target.",
    "SLA": "Service level agreement: the times within which tickets are answered and resolved.",
    "Set aside": "A row that broke a rule, is listed, and is in no figure.",
    "Year to date": "From 1 April to the end of the quarter.",
}


def notes(small_denominator: int, suppression: Suppression) -> tuple[str, ...]:
    """The numbered notes, then what each marker means."""
    small = (
        f"A share of fewer than {small_denominator} cases is printed as cases, such as 3 of 7, "
        "because a percentage of so few says little.",
    )
    people = (
        f"People are protected: a figure about fewer than {suppression.group} of them is withheld, "
        f"and so is a count of 1 to {suppression.count} of them or of all but so many, and every "
        "figure from which one of these would follow. Which of these it is, is not said.",
    )
    return (*_NOTES, *small, *people, *MARKER_WORDS.values())
