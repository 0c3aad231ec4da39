-- Most remote users at once.
-- One row per period and directorate, and one per period for COUNCIL.
-- The denominator is the number of people who were connected in the period.
-- Sorting is most of the work, so what is sorted is one number.
with

people as (
    select
        clean_vpn_stretches.person_pseud,
        clean_vpn_stretches.month,
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate
    from (select distinct
        person_pseud,
        month
    from clean_vpn_stretches) as clean_vpn_stretches
    left join clean_staff
        on
            clean_vpn_stretches.person_pseud = clean_staff.person_pseud
            and clean_vpn_stretches.month = clean_staff.month
),

-- The council is 0.
units as (
    select
        directorate,
        row_number() over (order by directorate) as unit_no
    from people
    group by directorate
),

stretches as (
    select
        unnest([0, units.unit_no]) * 100000
        + (clean_vpn_stretches.day - date '2000-01-01') as unit_day,
        epoch_us(days.starts_at) as midnight_us,
        clean_vpn_stretches.starts_us,
        clean_vpn_stretches.ends_us
    from clean_vpn_stretches
    inner join people
        on
            clean_vpn_stretches.person_pseud is not distinct from people.person_pseud
            and clean_vpn_stretches.month = people.month
    inner join units on people.directorate = units.directorate
    inner join days on clean_vpn_stretches.day = days.day
),

-- Who leaves at the moment at which another comes was not there at once with them. A day and a
-- moment in it are one number, since all who came in a day leave in it: in the order of these
-- numbers nobody is left from one day to the next.
changes as (
    select
        unnest(
            [
                unit_day * 1000000000000 + (starts_us - midnight_us) * 4 + 1,
                unit_day * 1000000000000 + (ends_us - midnight_us) * 4 - 1
            ]
        ) as change_no
    from stretches
),

at_once as (
    select
        change_no // 1000000000000 as unit_day,
        sum(if(change_no % 4 = 1, 1, -1)) over (
            order by change_no
            rows between unbounded preceding and current row
        ) as connected
    from changes
),

days_peaks as (
    select
        coalesce(units.directorate, 'COUNCIL') as directorate,
        date '2000-01-01' + cast(at_once.unit_day % 100000 as integer) as day,
        max(at_once.connected) as connected
    from at_once
    left join units on at_once.unit_day // 100000 = units.unit_no
    group by units.directorate, at_once.unit_day
),

peaks as (
    select
        periods.period,
        days_peaks.directorate,
        max(days_peaks.connected) as connected
    from days_peaks
    inner join days on days_peaks.day = days.day
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
    group by periods.period, days_peaks.directorate
),

-- Every period is made of whole months.
counted as (
    select
        periods.period,
        if(grouping(people.directorate) = 1, 'COUNCIL', people.directorate) as directorate,
        count(distinct people.person_pseud) as people
    from people
    inner join days on people.month || '-01' = cast(days.day as varchar)
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
    group by grouping sets ((periods.period, people.directorate), (periods.period))
)

select
    peaks.period,
    peaks.directorate,
    cast(peaks.connected as bigint) as numerator,
    counted.people as denominator
from peaks
inner join counted
    on
        peaks.period = counted.period
        and peaks.directorate = counted.directorate
order by peaks.period, peaks.directorate
