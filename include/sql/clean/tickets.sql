-- One row per ticket that counts: merged, deleted and repeated tickets are left out.
-- The columns are those of accepted_tickets, but the due times are ours, and these are added:
--   is_24x7               the ticket's SLA clock runs day and night, not by the working calendar
--   is_cancelled          a cancelled ticket was not resolved: its resolved_at is empty
--   ended_at              when it left the backlog: resolved; or, if that is not known or it was
--                         reopened after that, closed or cancelled
--   answered_at           first response; a ticket resolved without one was answered then
--   reopen_counts_until   end of the fifth working day after the day of resolution
--   satisfaction          the score of 1 to csat_scale_max on a scale from 0 to 100
--   sla_hours_to_resolve  hours on the SLA clock from opening to resolution, less time on hold
-- Due times come from the SLA times in force on the day of opening. Time on hold moves the due time
-- of the resolution. No SLA time for the type and priority: no due time.
-- The vendor's verdicts stay in sla_response_met and sla_resolve_met, to be compared with ours.
with

copies as (
    select
        accepted_tickets.*,
        (accepted_tickets.opened_at at time zone 'Europe/London')::date as opened_on,
        row_number() over (
            partition by accepted_tickets.ticket_id
            order by accepted_tickets._extract_id desc, accepted_tickets._row desc
        ) as copy_no
    from accepted_tickets
    where
        accepted_tickets.merged_into is null
        and accepted_tickets.deleted is not true
),

tickets as (
    select
        copies.* exclude (directorate, resolved_at),
        coalesce(copies.directorate, 'UNKNOWN') as directorate,
        coalesce(copies.status = 'cancelled', false) as is_cancelled,
        if(copies.status = 'cancelled', null, copies.resolved_at) as resolved_at,
        if(
            copies.status in ('closed', 'cancelled'),
            coalesce(
                if(copies.reopened_at > copies.resolved_at, null, copies.resolved_at),
                copies.closed_at,
                copies.resolved_at,
                copies.opened_at
            ),
            copies.resolved_at
        ) as ended_at,
        coalesce(copies.on_hold_minutes, 0) * 60000000 as hold_us,
        sla_times.respond_minutes * 60000000 as respond_us,
        sla_times.resolve_minutes * 60000000 as resolve_us,
        coalesce(sla_times.hours = 'all', false) as is_24x7
    from copies
    asof left join sla_times
        on
            copies.type = sla_times.type
            and copies.priority = sla_times.priority
            and copies.opened_on >= sla_times.effective_from
    where copies.copy_no = 1
),

-- The SLA clock's reading, in microseconds, at opening and at resolution.
clocked as (
    select
        tickets.*,
        if(
            tickets.is_24x7,
            epoch_us(tickets.opened_at),
            opened.before_us - opened.opens_us
            + least(epoch_us(tickets.opened_at), opened.closes_us)
        ) as opened_us,
        if(
            tickets.is_24x7,
            epoch_us(tickets.resolved_at),
            resolved.before_us - resolved.opens_us
            + least(epoch_us(tickets.resolved_at), resolved.closes_us)
        ) as resolved_us
    from tickets
    asof left join working_time as opened
        on tickets.opened_at >= opened.opens_at
    asof left join working_time as resolved
        on tickets.resolved_at >= resolved.opens_at
),

due as (
    select
        *,
        opened_us + respond_us as response_due_us,
        opened_us + resolve_us + hold_us as resolve_due_us
    from clocked
),

working_days as (
    select
        days.starts_at,
        lead(days.ends_at, 5) over (order by days.day) as fifth_ends_at
    from days
    where days.is_working_day
)

select
    due.ticket_id,
    due.type,
    due.priority,
    due.status,
    due.directorate,
    due.opened_at,
    due.first_response_at,
    due.resolved_at,
    due.closed_at,
    due.reopened_at,
    due.on_hold_minutes,
    if(
        due.is_24x7,
        make_timestamptz(due.response_due_us),
        make_timestamptz(
            response_due.opens_us + due.response_due_us - response_due.before_us
        )
    ) as sla_response_due,
    if(
        due.is_24x7,
        make_timestamptz(due.resolve_due_us),
        make_timestamptz(
            resolve_due.opens_us + due.resolve_due_us - resolve_due.before_us
        )
    ) as sla_resolve_due,
    due.sla_response_met,
    due.sla_resolve_met,
    due.excluded_from_sla,
    due.is_major,
    due.is_fcr,
    due.survey_sent,
    due.reopen_count,
    due.reassignment_count,
    due.first_group,
    due.resolved_group,
    due.channel,
    due.service,
    due.user_group,
    due.csat_score,
    due.csat_scale_max,
    due.is_24x7,
    due.is_cancelled,
    due.ended_at,
    coalesce(due.first_response_at, due.resolved_at) as answered_at,
    if(
        due.csat_score between 1 and due.csat_scale_max and due.csat_scale_max > 1,
        ((due.csat_score - 1) * 100 / (due.csat_scale_max - 1))::decimal(18, 6),
        null
    ) as satisfaction,
    working_days.fifth_ends_at as reopen_counts_until,
    if(
        due.resolved_us - due.opened_us >= due.hold_us,
        ((due.resolved_us - due.opened_us - due.hold_us) / 3600000000)::decimal(18, 6),
        null
    ) as sla_hours_to_resolve
from due
asof left join working_time as response_due
    on due.response_due_us > response_due.before_us
asof left join working_time as resolve_due
    on due.resolve_due_us > resolve_due.before_us
asof left join working_days
    on due.resolved_at >= working_days.starts_at
