"""The view of figures tells no unpublished figure about few people."""

from importlib import import_module

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FIGURES = """
create or replace view v_figures as
with

now as (
    select distinct on (measurements.quarter)
        measurements.quarter,
        measurements.id,
        measurements.measured_at
    from measurements
    where exists (select 1 from figures where figures.measurement_id = measurements.id)
    order by
        measurements.quarter,
        coalesce(measurements.latest_as_at, measurements.as_at) desc,
        measurements.measured_at desc,
        measurements.id
),

published as (
    select distinct on (packs.quarter)
        packs.quarter,
        packs.id,
        packs.revision,
        packs.published_at
    from packs
    where packs.state = 'published'
    order by packs.quarter, packs.revision desc, packs.id desc
),

last_published as (
    select distinct on (
        published_figures.kpi_id, published_figures.period, published_figures.directorate
    )
        published_figures.kpi_id,
        published_figures.period,
        published_figures.directorate,
        published_figures.value,
        published_figures.state,
        packs.published_at,
        packs.quarter || '/' || packs.variant || '/r' || packs.revision as pack
    from published_figures
    inner join packs on published_figures.pack_id = packs.id
    order by
        published_figures.kpi_id,
        published_figures.period,
        published_figures.directorate,
        packs.publication desc,
        published_figures.version desc
),

-- KPIs of which anything is withheld anywhere. Each quarter's figures keep what is withheld from
-- following from themselves, and packs from following from each other; the unpublished figures of
-- several quarters side by side would not.
about_few as (
    select distinct figures.kpi_id
    from now
    inner join figures on now.id = figures.measurement_id
    where figures.state = 'suppressed'
),

told as (
    select
        figures.*,
        about_few.kpi_id is null
        or exists (
            select 1
            from packs
            where packs.measurement_id = figures.measurement_id and packs.state = 'published'
        ) as may_be_told
    from now
    inner join figures on now.id = figures.measurement_id
    left join about_few on figures.kpi_id = about_few.kpi_id
)

select
    now.quarter,
    figures.period,
    figures.period_kind,
    figures.kpi_id,
    figures.version,
    figures.directorate,
    case when figures.may_be_told then figures.value end as value,
    case when figures.may_be_told then figures.lower end as lower,
    case when figures.may_be_told then figures.upper end as upper,
    case when figures.may_be_told then figures.numerator end as numerator,
    case when figures.may_be_told then figures.denominator end as denominator,
    case when figures.may_be_told then figures.state else 'suppressed' end as state,
    case
        when figures.may_be_told then array_to_string(figures.flags, ' ') else ''
    end as flags,
    case
        when figures.may_be_told then figures.why
        else 'It describes few people: it is told when its pack is published.'
    end as why,
    figures.target,
    case when figures.may_be_told then figures.rag else 'not_rated' end as rag,
    case
        when figures.may_be_told then figures.direction else 'not_comparable'
    end as direction,
    now.id as measurement_id,
    now.measured_at,
    published.revision as published_revision,
    as_published.value as published_value,
    as_published.state as published_state,
    as_published.rag as published_rag,
    published.published_at,
    last_published.pack as last_published_in,
    last_published.published_at as last_published_at,
    last_published.value as last_published_value,
    last_published.state as last_published_state
from now
inner join told as figures on now.id = figures.measurement_id
left join published on now.quarter = published.quarter
left join published_figures as as_published
    on
        published.id = as_published.pack_id
        and figures.kpi_id = as_published.kpi_id
        and figures.version = as_published.version
        and figures.period = as_published.period
        and figures.directorate = as_published.directorate
left join last_published
    on
        figures.kpi_id = last_published.kpi_id
        and figures.period = last_published.period
        and figures.directorate = last_published.directorate
"""


def upgrade() -> None:
    """Bring the register forward."""
    op.execute(FIGURES)


def downgrade() -> None:
    """Take the register back."""
    before = import_module("scorecard.register.migrations.versions.0004_as_published")
    op.execute(before.FIGURES)
