-- The workforce, with the working days of the month.
-- One row per month, directorate and persona.
-- Without contracted days they are FTE times working days; without hours a day the council's hold.
with

newest as (
    select accepted_workforce.*
    from accepted_workforce
    qualify row_number() over (
        partition by
            accepted_workforce.month,
            accepted_workforce.directorate,
            accepted_workforce.persona
        order by accepted_workforce._extract_id desc, accepted_workforce._row desc
    ) = 1
),

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at,
        count(*) filter (where days.is_working_day) as working_days
    from days
    group by days.month
),

complete as (
    select
        newest.*,
        months.month_starts_at,
        months.working_days,
        coalesce(
            newest.contracted_fte_days,
            cast(newest.fte * months.working_days as decimal(18, 6))
        ) as days_contracted,
        coalesce(newest.hours_per_day, carbon_settings.hours_per_day) as hours_a_day
    from newest
    inner join months on newest.month = months.month
    cross join carbon_settings
)

select
    month,
    month_starts_at,
    working_days,
    coalesce(directorate, 'UNKNOWN') as directorate,
    persona,
    headcount,
    active_users,
    joiners,
    leavers,
    fte,
    remote_capable_fte,
    days_contracted as contracted_fte_days,
    leave_fte_days,
    days_contracted - leave_fte_days as worked_fte_days,
    hours_a_day as hours_per_day
from complete
