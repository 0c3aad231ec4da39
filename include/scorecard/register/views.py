"""The register's views for reports, such as those of Power BI: their columns never change.

A migration makes them. A column may be added at the end; none is renamed, moved or removed.
"""

_FIGURES = """
quarter             Quarter that was measured; choose one, or a period is counted more than once
period              Month, quarter or year to date that the figure is about
period_kind         month, quarter or year_to_date
kpi_id              The KPI
version             Version of its definition
directorate         Code of the directorate; COUNCIL is the whole council
value               The figure now; empty if withheld, or about few people and not published yet
lower               Lower end of the 95% interval, where there is one; it belongs to the numerator
upper               Upper end of the 95% interval, where there is one; it belongs to the numerator
numerator           What was counted or added up; of an estimate, itself before it is rounded
denominator         What it is divided by; 1 for a count or a sum
state               final, provisional, awaiting, not_applicable or suppressed
flags               Flags beside the state, with a space between, such as estimated
why                 Why it is in that state
target              The target in force
rag                 green, amber, red, blue or not_rated
direction           better, worse, same or not_comparable
measurement_id      The measurement of the quarter as at the latest moment
measured_at         When that was made
published_revision  Newest published revision of the quarter; empty until one is published
published_value     The figure as that revision has it, which never changes
published_state     Its state there
published_rag       Its rating there
published_at        When that revision was published
last_published_in   The pack, of any quarter, that last published the figure
last_published_at   When that pack was published
last_published_value  The figure as that pack has it
last_published_state  Its state there
"""

_PACKS = """
quarter          Quarter that the pack is about
variant          For whom it is made
revision         1 for the first; a correction is the next
is_newest        Whether no later revision of the variant exists
state            draft, reviewed or published
reason           Why it was made
drafted_at       When it was drafted
drafted_by       Role or task that drafted it
folder           Its folder, below the packs folder
content_sha256   Hash of what it says
manifest_sha256  Hash of its manifest
measurement_id   The measurement that its figures come from
as_at            Data accepted up to this moment are in it
measured_at      When its figures were measured
published_at     When it was published; empty for a draft
published_by     Role that published it
"""

_EXTRACTS = """
extract_id      Number of the extract
source          Source that sent it
file_name       Name of the file as received
sha256          Hash of the file as received
bytes           Size of the file
received_at     When it was kept
state           kept, accepted or refused
decided_at      When it was accepted or refused
refusal         Why it was refused, and what to do
system          The mapping that read it
table_name      The table that its rows belong to
first_month     First month for which a row was accepted
last_month      Last month for which a row was accepted
rows_received   Rows in the file
rows_accepted   Rows that are in figures
rows_set_aside  Rows that broke a rule and are in no figure
control_total   The total that the file states of itself
"""


def _columns(lines: str) -> dict[str, str]:
    """Meanings by column, in the view's order."""
    pairs = (line.split(maxsplit=1) for line in lines.strip().splitlines())
    return {pair[0]: pair[1] for pair in pairs}


VIEWS = {
    "v_figures": (
        "One row per figure of every quarter's latest measurement: now, and as published.",
        _columns(_FIGURES),
    ),
    "v_packs": ("One row per revision of a pack.", _columns(_PACKS)),
    "v_extracts": ("One row per file as received.", _columns(_EXTRACTS)),
}
