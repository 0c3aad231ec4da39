-- Tickets open at the end of the period, rebuilt from the times for which they were open.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

open_at_end as (
    select
        periods.period,
        ticket_spells.directorate
    from ticket_spells
    inner join periods
        on
            ticket_spells.open_from < periods.ends_at
            and (
                ticket_spells.open_until is null
                or ticket_spells.open_until >= periods.ends_at
            )
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) as numerator,
    1 as denominator
from open_at_end
group by grouping sets ((period, directorate), (period))
order by period, directorate
