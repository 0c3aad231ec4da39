"""Figures as published, which nobody changes; what was received again; refusals that are past."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

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
    as_published.rag as published_rag,
    published.published_at,
    last_published.pack as last_published_in,
    last_published.published_at as last_published_at,
    last_published.value as last_published_value,
    last_published.state as last_published_state
from now
inner join figures on now.id = figures.measurement_id
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

PACKS = """
create or replace view v_packs as
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
    measurements.measured_at,
    packs.published_at,
    packs.published_by
from packs
inner join measurements on packs.measurement_id = measurements.id
"""

# What was published stays, whoever asks and by whatever tool.
REFUSE = """
create function refuse_change_of_published() returns trigger language plpgsql as $$
begin
    raise exception '%: what was published never changes. Draft and publish a new revision.',
        tg_table_name;
end
$$
"""
# A pack's figures are copied while it is a draft; afterwards none is added.
REFUSE_MORE = """
create function refuse_late_figure() returns trigger language plpgsql as $$
begin
    if exists (select 1 from packs where id = new.pack_id and state = 'published') then
        raise exception 'pack %: it is published, and no figure is added to it. '
            'Draft and publish a new revision.', new.pack_id;
    end if;
    return new;
end
$$
"""
TRIGGERS = """
published_figures_never_change before update or delete on published_figures for each row
published_figures_are_never_emptied before truncate on published_figures for each statement
published_packs_stay before update or delete on packs for each row when (old.state = 'published')
packs_are_never_emptied before truncate on packs for each statement
"""
ADDED_TO = "published_figures_are_never_added_to before insert on published_figures for each row"


def upgrade() -> None:
    """Bring the register forward."""
    _add_columns()
    _add_tables()
    for command in (REFUSE, REFUSE_MORE, FIGURES, PACKS):
        op.execute(command)
    for trigger in TRIGGERS.strip().splitlines():
        op.execute(f"create trigger {trigger} execute function refuse_change_of_published()")
    op.execute(f"create trigger {ADDED_TO} execute function refuse_late_figure()")


def _add_columns() -> None:
    op.add_column("extracts", sa.Column("arrived_at", MOMENT, nullable=True))
    # Until now the order of processing stood for the order of arrival.
    op.execute("update extracts set arrived_at = received_at + id * interval '1 microsecond'")
    op.add_column("measurements", sa.Column("latest_as_at", MOMENT, nullable=True))
    op.add_column("measurement_inputs", sa.Column("received_at", MOMENT, nullable=True))
    op.add_column(
        "packs",
        sa.Column("reason_is_given", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("packs", sa.Column("published_at", MOMENT, nullable=True))
    op.add_column("packs", sa.Column("published_by", sa.Text(), nullable=True))
    op.add_column("packs", sa.Column("publication", sa.BigInteger(), nullable=True))
    op.create_unique_constraint(op.f("packs_publication_key"), "packs", ["publication"])


def _add_tables() -> None:
    op.create_table(
        "resent",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("extract_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["extract_id"], ["extracts.id"], name=op.f("resent_extract_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("resent_pkey")),
        sa.UniqueConstraint(
            "extract_id", "file_name", "arrived_at", name=op.f("resent_extract_id_key")
        ),
    )
    op.create_table(
        "past_refusals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("extract_id", sa.BigInteger(), nullable=False),
        sa.Column("refused_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("rows_received", sa.BigInteger(), nullable=True),
        sa.Column("rows_accepted", sa.BigInteger(), nullable=True),
        sa.Column("rows_set_aside", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["extract_id"], ["extracts.id"], name=op.f("past_refusals_extract_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("past_refusals_pkey")),
    )
    op.create_index(op.f("past_refusals_extract_id_idx"), "past_refusals", ["extract_id"])
    _add_published_figures()


def _add_published_figures() -> None:
    """A table like that of the figures, with the pack in the place of the measurement."""
    key = ["pack_id", "kpi_id", "version", "period", "directorate"]
    op.execute("create table published_figures (like figures)")
    op.drop_column("published_figures", "measurement_id")
    op.add_column("published_figures", sa.Column("pack_id", sa.BigInteger(), nullable=False))
    op.create_primary_key(op.f("published_figures_pkey"), "published_figures", key)
    op.create_foreign_key(
        op.f("published_figures_pack_id_fkey"), "published_figures", "packs", ["pack_id"], ["id"]
    )
    found_by = ["kpi_id", "period", "directorate"]
    op.create_index("published_figures_idx", "published_figures", found_by)


def downgrade() -> None:
    """Refused: what was published is not taken back."""
    raise NotImplementedError(
        "0004: what was published is not taken back. Restore the register from its backup."
    )
