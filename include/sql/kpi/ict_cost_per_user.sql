-- ICT cost per user, over twelve months.
-- One row per period, for COUNCIL alone: ICT serves every directorate.
-- Without twelve months of cost and of users there is no figure. Users: the mean of the months, to
-- a whole user.
with

spent as (
    select
        rolling_periods.period,
        sum(group_costs.spent_gbp) as spent_gbp,
        count(*) = count(group_costs.spent_gbp)
        and count(distinct group_costs.month) = 12 as is_known
    from group_costs
    inner join rolling_periods
        on
            group_costs.month_starts_at >= rolling_periods.starts_at
            and group_costs.month_starts_at < rolling_periods.ends_at
    where
        group_costs.cost_group = 'ict'
        and not group_costs.is_capital
    group by rolling_periods.period
),

users as (
    select
        rolling_periods.period,
        count(distinct clean_workforce.month) as months,
        sum(clean_workforce.active_users) as user_months,
        count(*) = count(clean_workforce.active_users)
        and count(distinct clean_workforce.month) = 12 as is_known
    from clean_workforce
    inner join rolling_periods
        on
            clean_workforce.month_starts_at >= rolling_periods.starts_at
            and clean_workforce.month_starts_at < rolling_periods.ends_at
    group by rolling_periods.period
)

select
    spent.period,
    'COUNCIL' as directorate,
    if(spent.is_known, spent.spent_gbp, null) as numerator,
    if(
        users.is_known,
        (2 * users.user_months + users.months) // (2 * users.months),
        null
    ) as denominator
from spent
inner join users on spent.period = users.period
order by spent.period
