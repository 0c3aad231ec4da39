-- People by month: how large the groups are that figures describe. No sheet shows it.
-- One row per month and directorate, and one per month for COUNCIL.
-- Staff are the fewer of the workforce's headcount and the people on the staff list. Who can work
-- from home is on the staff list alone.
with

counted as (
    select
        clean_workforce.month,
        clean_workforce.directorate,
        clean_workforce.headcount,
        null as is_listed,
        null as is_remote_capable
    from clean_workforce
    union all
    select
        clean_staff.month,
        clean_staff.directorate,
        null as headcount,
        clean_staff.is_listed,
        clean_staff.is_listed and clean_staff.remote_capable as is_remote_capable
    from clean_staff
),

added as (
    select
        month,
        if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
        sum(headcount) as headcount,
        count(*) filter (where is_listed) as listed,
        count(*) filter (where is_remote_capable) as remote_staff,
        count(is_listed) > 0 as has_list
    from counted
    group by grouping sets ((month, directorate), (month))
)

select
    month,
    directorate,
    if(has_list, least(coalesce(headcount, listed), listed), headcount) as staff,
    if(has_list, remote_staff, null) as remote_staff
from added
order by month, directorate
