-- Most remote users at once.
-- One row per period and directorate, and one per period for COUNCIL.
-- The denominator is the number of people who were connected in the period.
with

stretches as (
    select
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate,
        clean_vpn_stretches.person_pseud,
        clean_vpn_stretches.day,
        clean_vpn_stretches.starts_us,
        clean_vpn_stretches.ends_us
    from clean_vpn_stretches
    left join clean_staff
        on
            clean_vpn_stretches.person_pseud = clean_staff.person_pseud
            and clean_vpn_stretches.month = clean_staff.month
),

everybody as (
    select
        stretches.directorate,
        stretches.person_pseud,
        stretches.day,
        stretches.starts_us,
        stretches.ends_us
    from stretches
    union all
    select
        'COUNCIL' as directorate,
        stretches.person_pseud,
        stretches.day,
        stretches.starts_us,
        stretches.ends_us
    from stretches
),

changes as (
    select
        directorate,
        day,
        starts_us as at_us,
        1 as connected
    from everybody
    union all
    select
        directorate,
        day,
        ends_us as at_us,
        -1 as connected
    from everybody
),

-- Who leaves at the moment at which another comes was not there at once with them.
at_once as (
    select
        directorate,
        day,
        sum(connected) over (
            partition by directorate, day
            order by at_us, connected
            rows between unbounded preceding and current row
        ) as connected
    from changes
),

peaks as (
    select
        periods.period,
        at_once.directorate,
        max(at_once.connected) as connected
    from at_once
    inner join days on at_once.day = days.day
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
    group by periods.period, at_once.directorate
),

counted as (
    select
        periods.period,
        everybody.directorate,
        count(distinct everybody.person_pseud) as people
    from everybody
    inner join days on everybody.day = days.day
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
    group by periods.period, everybody.directorate
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
