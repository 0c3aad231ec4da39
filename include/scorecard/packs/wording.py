"""The pack's words that do not depend on figures: states, notes, glossary, licence."""

from collections.abc import Collection

from scorecard.decisions import Settled
from scorecard.packs import method_words
from scorecard.packs.variation import notes_of
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
    "RAG ratings compare a figure with the target in force for its period. Each KPI's own limits "
    "stand on the sheet KPI_definitions. A target that was changed is printed with the original "
    "beside it, and so is the rating by the original where it is another.",
    "A directorate that was reorganised keeps its figures under its code. Its successor is "
    "compared with it where one followed one; after a merger or a split, with nothing.",
    "Direction of travel says whether the figure is better or worse than in the period that the "
    "KPI's definition names.",
    "What is counted over twelve months or once a year stands under the quarter that ends them; "
    "its period ends in R12. A backlog is that of the period's last moment, rebuilt from what each "
    "extract said then.",
    "Resolution measures count tickets resolved in the period, response measures tickets opened "
    "in it. Results within SLA are worked out again from times; the vendor's flag is only "
    "compared.",
    "All carbon figures are estimates, made with the official factors of the year of the data. "
    "A negative saving is an increase and is shown as one.",
    "No single log measures remote working. Evidence coverage says how many days have evidence.",
    "Where a correction changes a figure, a new revision lists each figure that moved. A "
    "published pack never changes.",
    "A gate before each draft asks whether feeds are complete, totals agree and volumes are usual. "
    "What it finds stands on the sheet Data_quality. It stops the draft, or makes the figures "
    "concerned and the whole pack provisional.",
    "Targets and figures are tested for sense. What the tests find is on the sheet Review_these of "
    "the officers' pack; nothing is corrected.",
)


def notes(settled: Settled, methods: Collection[str]) -> tuple[str, ...]:
    """The numbered notes, then what each marker means."""
    small = (
        f"A share of fewer than {settled.small_denominator} cases is printed as cases, such as 3 "
        "of 7, because a percentage of so few says little.",
    )
    people = (
        f"People are protected: a figure about fewer than {settled.suppression.group} of them is "
        f"withheld, and so is a count of 1 to {settled.suppression.count} of them or of all but so "
        "many, and every figure from which one of these would follow. Which of these it is, is not "
        "said.",
    )
    said = method_words.notes_of(methods)
    return (*_NOTES, *said, *notes_of(settled.spc), *small, *people, *MARKER_WORDS.values())
