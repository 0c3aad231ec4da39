-- Satisfaction survey responses of officers.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A survey counts in the period in which its ticket was resolved. Members are left out.
with

sent as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.satisfaction is not null as is_answered
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.survey_sent
        and coalesce(clean_tickets.user_group, 'officer') != 'member'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_answered) as numerator,
    count(*) as denominator
from sent
group by grouping sets ((period, directorate), (period))
order by period, directorate
