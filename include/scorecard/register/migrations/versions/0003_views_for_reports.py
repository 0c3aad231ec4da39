"""What reports may rely on: figures, packs and extracts as views with stable columns."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIGURES = """
create view v_figures as
with

now as (
    select distinct on (measurements.quarter)
        measurements.quarter,
        measurements.id,
        measurements.measured_at
    from measurements
    where exists (select 1 from figures where figures.measurement_id = measurements.id)
    order by measurements.quarter, measurements.measured_at desc, measurements.id
),

published as (
    select distinct on (packs.quarter)
        packs.quarter,
        packs.measurement_id,
        packs.revision
    from packs
    where packs.state = 'published'
    order by packs.quarter, packs.revision desc, packs.id desc
)

select
    now.quarter,
    figures.period,
    figures.period_kind,
    figures.kpi_id,
    figures.version,
    figures.directorate,
    figures.value,
    figures.lower,
    figures.upper,
    figures.numerator,
    figures.denominator,
    figures.state,
    array_to_string(figures.flags, ' ') as flags,
    figures.why,
    figures.target,
    figures.rag,
    figures.direction,
    now.id as measurement_id,
    now.measured_at,
    published.revision as published_revision,
    as_published.value as published_value,
    as_published.state as published_state,
    as_published.rag as published_rag
from now
inner join figures on now.id = figures.measurement_id
left join published on now.quarter = published.quarter
left join figures as as_published
    on
        published.measurement_id = as_published.measurement_id
        and figures.kpi_id = as_published.kpi_id
        and figures.version = as_published.version
        and figures.period = as_published.period
        and figures.directorate = as_published.directorate
"""

PACKS = """
create view v_packs as
select
    packs.quarter,
    packs.variant,
    packs.revision,
    packs.revision = max(packs.revision) over (
        partition by packs.quarter, packs.variant
    ) as is_newest,
    packs.state,
    packs.reason,
    packs.drafted_at,
    packs.drafted_by,
    packs.folder,
    packs.content_sha256,
    packs.manifest_sha256,
    packs.measurement_id,
    measurements.as_at,
    measurements.measured_at
from packs
inner join measurements on packs.measurement_id = measurements.id
"""

EXTRACTS = """
create view v_extracts as
with

months as (
    select
        extract_id,
        min(month) as first_month,
        max(month) as last_month
    from accepted_files
    group by extract_id
)

select
    extracts.id as extract_id,
    extracts.source,
    extracts.file_name,
    extracts.sha256,
    extracts.bytes,
    extracts.received_at,
    extracts.state,
    extracts.accepted_at as decided_at,
    extracts.refusal,
    extracts.system,
    extracts."table" as table_name,
    months.first_month,
    months.last_month,
    extracts.rows_received,
    extracts.rows_accepted,
    extracts.rows_set_aside,
    extracts.control_total
from extracts
left join months on extracts.id = months.extract_id
"""


def upgrade() -> None:
    """Bring the register forward."""
    for view in (FIGURES, PACKS, EXTRACTS):
        op.execute(view)


def downgrade() -> None:
    """Take the register back."""
    for name in ("v_figures", "v_packs", "v_extracts"):
        op.execute(f"drop view {name}")
