-- Desk bookings and what became of them.
-- One row per London day, directorate, building and outcome.
-- `people` counts each person once a day in a building, however many bookings they had there.
with

-- A person's bookings of a day first: fewer rows are looked up in the staff list.
by_person as (
    select
        hours.day,
        hours.month,
        accepted_presence_events.site,
        accepted_presence_events.outcome,
        accepted_presence_events.person_pseud,
        count(*) as bookings
    from accepted_presence_events
    inner join hours
        on hours.hour_no = epoch_us(accepted_presence_events.event_at) // 3600000000
    where accepted_presence_events.evidence = 'desk'
    group by
        hours.day,
        hours.month,
        accepted_presence_events.site,
        accepted_presence_events.outcome,
        accepted_presence_events.person_pseud
),

booked as (
    select
        by_person.day,
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate,
        by_person.site,
        by_person.outcome,
        sum(by_person.bookings) as bookings,
        count(by_person.person_pseud) as people
    from by_person
    left join clean_staff
        on
            by_person.person_pseud = clean_staff.person_pseud
            and by_person.month = clean_staff.month
    group by by_person.day, clean_staff.directorate, by_person.site, by_person.outcome
)

select
    booked.day,
    days.starts_at as day_starts_at,
    booked.directorate,
    booked.site,
    booked.outcome,
    cast(booked.bookings as bigint) as bookings,
    booked.people
from booked
inner join days on booked.day = days.day
