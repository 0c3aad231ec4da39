-- One row per ticket that counts: merged, deleted and repeated tickets are left out.
-- The columns are those of accepted_tickets, but the due times are ours, and these are added:
--   sender                the desk: with ticket_id it names a ticket
--   is_24x7               the ticket's SLA clock runs day and night, not by the working calendar
--   is_cancelled          a cancelled ticket was not resolved: its resolved_at is empty
--   ended_at              when it left the backlog: resolved; or, if that is not known or it was
--                         reopened after that, closed or cancelled; if that moment is not
--                         known, the last moment that is
--   answered_at           first response; a ticket resolved without one was answered then
--   reopen_counts_until   end of the fifth working day after the day of resolution
--   satisfaction          the score of 1 to csat_scale_max on a scale from 0 to 100
--   sla_hours_to_resolve  hours on the SLA clock from opening to resolution, less time on hold
-- Due times come from the SLA times in force on the day of opening. Time on hold moves the due time
-- of the resolution. No SLA time for the type and priority: no due time.
-- The vendor's verdicts stay in sla_response_met and sla_resolve_met, to be compared with ours.
-- Only what moves the due times goes through the calendar; the other columns join at the end.
-- Reading is most of the work, so the accepted rows are read once and kept.
with

tickets as materialized (
    select
        *,
        coalesce(_extract_id, 0) * 1000000000000 + coalesce(_row, 0) as place
    from accepted_tickets
),

-- Two desks may number their tickets alike.
newest as (
    select
        ticket_id,
        max(place) as place
    from tickets
    group by ticket_id, _sender
),

sla_periods as (
    select
        *,
        lead(effective_from, 1, date '9999-12-31') over (
            partition by type, priority
            order by effective_from
        ) as effective_until
    from sla_times
),

timed as (
    select
        tickets.ticket_id,
        newest.place,
        tickets.opened_at,
        if(tickets.status = 'cancelled', null, tickets.resolved_at) as resolved_at,
        coalesce(tickets.on_hold_minutes, 0) * 60000000 as hold_us,
        sla_periods.respond_minutes * 60000000 as respond_us,
        sla_periods.resolve_minutes * 60000000 as resolve_us,
        coalesce(sla_periods.hours = 'all', false) as is_24x7
    from tickets
    inner join newest
        on
            tickets.ticket_id = newest.ticket_id
            and tickets.place = newest.place
    left join sla_periods
        on
            tickets.type = sla_periods.type
            and tickets.priority = sla_periods.priority
            and (tickets.opened_at at time zone 'Europe/London')::date
            >= sla_periods.effective_from
            and (tickets.opened_at at time zone 'Europe/London')::date
            < sla_periods.effective_until
    where
        tickets.merged_into is null
        and tickets.deleted is not true
),

-- The SLA clock's reading, in microseconds, at opening and at resolution.
clocked as (
    select
        timed.*,
        if(
            timed.is_24x7,
            epoch_us(timed.opened_at),
            opened.before_us - opened.opens_us
            + least(epoch_us(timed.opened_at), opened.closes_us)
        ) as opened_us,
        if(
            timed.is_24x7,
            epoch_us(timed.resolved_at),
            resolved.before_us - resolved.opens_us
            + least(epoch_us(timed.resolved_at), resolved.closes_us)
        ) as resolved_us
    from timed
    asof left join working_time as opened
        on timed.opened_at >= opened.opens_at
    asof left join working_time as resolved
        on timed.resolved_at >= resolved.opens_at
),

measured as (
    select
        ticket_id,
        place,
        is_24x7,
        resolved_at,
        opened_us + respond_us as response_due_us,
        opened_us + resolve_us + hold_us as resolve_due_us,
        resolved_us - opened_us - hold_us as to_resolve_us
    from clocked
),

working_days as (
    select
        starts_at,
        lead(ends_at, 5) over (order by day) as fifth_ends_at
    from days
    where is_working_day
),

due as (
    select
        measured.*,
        if(
            measured.is_24x7,
            measured.response_due_us,
            response_due.opens_us + measured.response_due_us - response_due.before_us
        ) as response_due_at_us,
        if(
            measured.is_24x7,
            measured.resolve_due_us,
            resolve_due.opens_us + measured.resolve_due_us - resolve_due.before_us
        ) as resolve_due_at_us,
        working_days.fifth_ends_at
    from measured
    asof left join working_time as response_due
        on measured.response_due_us > response_due.before_us
    asof left join working_time as resolve_due
        on measured.resolve_due_us > resolve_due.before_us
    asof left join working_days
        on measured.resolved_at >= working_days.starts_at
)

select
    tickets.ticket_id,
    tickets._sender as sender,
    tickets.type,
    tickets.priority,
    tickets.status,
    coalesce(tickets.directorate, 'UNKNOWN') as directorate,
    tickets.opened_at,
    tickets.first_response_at,
    due.resolved_at,
    tickets.closed_at,
    tickets.reopened_at,
    tickets.on_hold_minutes,
    make_timestamptz(due.response_due_at_us) as sla_response_due,
    make_timestamptz(due.resolve_due_at_us) as sla_resolve_due,
    tickets.sla_response_met,
    tickets.sla_resolve_met,
    tickets.excluded_from_sla,
    tickets.is_major,
    tickets.is_fcr,
    tickets.survey_sent,
    tickets.reopen_count,
    tickets.reassignment_count,
    tickets.first_group,
    tickets.resolved_group,
    tickets.channel,
    tickets.service,
    tickets.user_group,
    tickets.csat_score,
    tickets.csat_scale_max,
    due.is_24x7,
    coalesce(tickets.status = 'cancelled', false) as is_cancelled,
    if(
        tickets.status in ('closed', 'cancelled'),
        coalesce(
            if(tickets.reopened_at > tickets.resolved_at, null, tickets.resolved_at),
            tickets.closed_at,
            greatest(tickets.resolved_at, tickets.reopened_at, tickets.opened_at)
        ),
        tickets.resolved_at
    ) as ended_at,
    coalesce(tickets.first_response_at, due.resolved_at) as answered_at,
    if(
        tickets.csat_score between 1 and tickets.csat_scale_max
        and tickets.csat_scale_max > 1,
        ((tickets.csat_score - 1) * 100 / (tickets.csat_scale_max - 1))::decimal(18, 6),
        null
    ) as satisfaction,
    due.fifth_ends_at as reopen_counts_until,
    if(
        due.to_resolve_us >= 0,
        (due.to_resolve_us / 3600000000)::decimal(18, 6),
        null
    ) as sla_hours_to_resolve
from tickets
inner join due
    on
        tickets.ticket_id = due.ticket_id
        and tickets.place = due.place
