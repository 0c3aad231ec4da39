-- One row per person and month: what the nearest staff list up to that month says of the person.
-- From the first list that names a person to the last month for which anything was received.
-- `is_listed`: the list in force in the month names the person, who has not left.
with

once as (
    select *
    from accepted_staff
    where
        person_pseud is not null
        and month is not null
    qualify row_number() over (
        partition by person_pseud, month
        order by effective_from desc nulls last, _extract_id desc, _row desc
    ) = 1
),

listed as (
    select
        person_pseud,
        month,
        directorate,
        persona,
        remote_capable,
        fte,
        work_weekdays,
        home_weekdays,
        leave_days,
        leave_on,
        lead(month) over (
            partition by person_pseud
            order by month
        ) as next_month
    from once
),

received as (
    select received_months.month from received_months
    union
    select listed.month from listed
),

last_received as (
    select max(received.month) as month from received
),

calendar_months as (
    select days.month
    from days
    inner join last_received on days.month <= last_received.month
    group by days.month
),

lists as (
    select distinct listed.month from listed
),

-- The list in force in each month: its own, or the nearest earlier.
months as (
    select
        calendar_months.month,
        max(lists.month) as list_month
    from calendar_months
    inner join lists on calendar_months.month >= lists.month
    group by calendar_months.month
)

select
    listed.person_pseud,
    months.month,
    coalesce(listed.directorate, 'UNKNOWN') as directorate,
    listed.persona,
    listed.remote_capable,
    listed.fte,
    listed.work_weekdays,
    listed.home_weekdays,
    listed.leave_days,
    listed.leave_on,
    listed.month = months.list_month as is_listed
from listed
inner join months
    on
        listed.month <= months.month
        and (listed.next_month is null or listed.next_month > months.month)
