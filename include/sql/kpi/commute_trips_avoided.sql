-- Commute trips avoided.
-- One row per period and directorate, and one per period for COUNCIL.
-- FTE-days at home, over FTE-days at home or in the office: the home share. A split day had its
-- journeys, so its half at home saves none.
with

spent as (
    select
        periods.period,
        clean_remote_days.directorate,
        clean_remote_days.place = 'home' and clean_remote_days.is_split is not true
            as is_at_home,
        clean_remote_days.fte_days
    from clean_remote_days
    inner join periods
        on
            clean_remote_days.month_starts_at >= periods.starts_at
            and clean_remote_days.month_starts_at < periods.ends_at
    where
        clean_remote_days.remote_capable
        and clean_remote_days.place in ('home', 'office')
        and periods.kind = 'quarter'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    coalesce(sum(fte_days) filter (where is_at_home), 0) as numerator,
    sum(fte_days) as denominator
from spent
group by grouping sets ((period, directorate), (period))
order by period, directorate
