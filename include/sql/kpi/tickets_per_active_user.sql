-- Tickets per active user and month.
-- One row per period and directorate, and one per period for COUNCIL.
with

opened as (
    select
        periods.period,
        clean_tickets.directorate,
        count(*) as tickets,
        0 as user_months
    from clean_tickets
    inner join periods
        on
            clean_tickets.opened_at >= periods.starts_at
            and clean_tickets.opened_at < periods.ends_at
    group by periods.period, clean_tickets.directorate
),

users as (
    select
        periods.period,
        clean_workforce.directorate,
        0 as tickets,
        clean_workforce.active_users as user_months
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
),

together as (
    select
        opened.period,
        opened.directorate,
        opened.tickets,
        opened.user_months
    from opened
    union all
    select
        users.period,
        users.directorate,
        users.tickets,
        users.user_months
    from users
)

-- A period without either feed has no figure. Users who are not known are not zero.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(tickets) as numerator,
    if(count(*) = count(user_months), sum(user_months), null) as denominator
from together
where
    period in (select opened.period from opened)
    and period in (select users.period from users)
group by grouping sets ((period, directorate), (period))
order by period, directorate
