-- First responses within SLA.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Tickets count in the period in which they were opened. Left out: those whose response is due
-- after the last event that the tickets know of, and those cancelled unanswered before it was due.
with

known_until as (
    select
        greatest(
            max(clean_tickets.opened_at),
            max(clean_tickets.answered_at),
            max(clean_tickets.ended_at)
        ) as moment
    from clean_tickets
),

opened as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.answered_at <= clean_tickets.sla_response_due as is_within_sla
    from clean_tickets
    inner join periods
        on
            clean_tickets.opened_at >= periods.starts_at
            and clean_tickets.opened_at < periods.ends_at
    inner join known_until
        on clean_tickets.sla_response_due <= known_until.moment
    where
        clean_tickets.excluded_from_sla is not true
        and not (
            clean_tickets.is_cancelled is true
            and clean_tickets.answered_at is null
            and clean_tickets.ended_at <= clean_tickets.sla_response_due
        )
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_within_sla) as numerator,
    count(*) as denominator
from opened
group by grouping sets ((period, directorate), (period))
order by period, directorate
