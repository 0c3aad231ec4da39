-- Savings delivered.
-- One row per period and directorate, and one per period for COUNCIL.
-- A saving whose profile is not known is on neither side.
with

savings as (
    select
        periods.period,
        clean_savings.directorate,
        clean_savings.delivered,
        clean_savings.profiled_target_ytd
    from clean_savings
    inner join periods
        on
            clean_savings.month_starts_at >= periods.starts_at
            and clean_savings.month_starts_at < periods.ends_at
    where
        clean_savings.is_current_year
        and clean_savings.delivered is not null
        and clean_savings.profiled_target_ytd is not null
    -- Amounts are year to date: the last month of the period holds them all.
    qualify dense_rank() over (
        partition by periods.period order by clean_savings.month_starts_at desc
    ) = 1
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(delivered) as numerator,
    sum(profiled_target_ytd) as denominator
from savings
group by grouping sets ((period, directorate), (period))
order by period, directorate
