-- Home days per FTE per week.
-- One row per period and directorate, and one per period for COUNCIL.
with

at_home as (
    select
        periods.period,
        clean_remote_days.directorate,
        clean_remote_days.fte_days as home_fte_days,
        0 as fte_weeks
    from clean_remote_days
    inner join periods
        on
            clean_remote_days.month_starts_at >= periods.starts_at
            and clean_remote_days.month_starts_at < periods.ends_at
    where
        clean_remote_days.remote_capable
        and clean_remote_days.place = 'home'
),

-- Five working days are a week.
staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        0 as home_fte_days,
        clean_workforce.remote_capable_fte * clean_workforce.working_days * 0.2
            as fte_weeks
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
),

together as (
    select
        at_home.period,
        at_home.directorate,
        at_home.home_fte_days,
        at_home.fte_weeks
    from at_home
    union all
    select
        staffed.period,
        staffed.directorate,
        staffed.home_fte_days,
        staffed.fte_weeks
    from staffed
)

-- A period without either feed has no figure.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(home_fte_days) as numerator,
    sum(fte_weeks) as denominator
from together
where
    period in (select at_home.period from at_home)
    and period in (select staffed.period from staffed)
group by grouping sets ((period, directorate), (period))
order by period, directorate
