-- Desk bookings and what became of them.
-- One row per London day, directorate, building and outcome.
-- `people` counts each person once a day in a building, however many bookings they had there.
with

booked as (
    select
        hours.day,
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate,
        accepted_presence_events.site,
        accepted_presence_events.outcome,
        accepted_presence_events.person_pseud
    from accepted_presence_events
    inner join hours
        on hours.hour_no = epoch_us(accepted_presence_events.event_at) // 3600000000
    left join clean_staff
        on
            accepted_presence_events.person_pseud = clean_staff.person_pseud
            and hours.month = clean_staff.month
    where accepted_presence_events.evidence = 'desk'
)

select
    booked.day,
    days.starts_at as day_starts_at,
    booked.directorate,
    booked.site,
    booked.outcome,
    count(*) as bookings,
    count(distinct booked.person_pseud) as people
from booked
inner join days on booked.day = days.day
group by booked.day, days.starts_at, booked.directorate, booked.site, booked.outcome
