"""What the council sends: sources, their tables, and each table's columns with their meaning.

A mapping turns every system's export into these columns, and nothing else is stored.
Empty means "not known"; it is never zero. Source: the KPI library's canonical columns.
"""

from dataclasses import dataclass

# Type of a column: how it is stored (DuckDB), in words.
STORED_AS = {
    "text": "varchar",
    "code": "varchar",
    "person": "varchar",
    "month": "varchar",
    "moment": "timestamptz",
    "date": "date",
    "int": "bigint",
    "dec": "decimal(18, 6)",
    "gbp": "decimal(18, 2)",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (a key of STORED_AS), what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One kind of row, the source that sends it, and the columns that identify a row."""

    name: str
    source: str
    grain: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        return {column.name: column for column in self.columns}[name]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns written one to a line: name, type, meaning."""
    rows = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return tuple(Column(name, kind, meaning) for name, kind, meaning in rows)


_TABLES = (
    Table("tickets", "tickets", "one row per ticket, in its last known form", _columns("""
        ticket_id            text    The desk's reference
        merged_into          text    The ticket that took this one over
        type                 code    incident or request
        priority             code    P1 (highest) to P5, as at resolution
        status               code    new, open, on_hold, resolved, closed or cancelled
        opened_at            moment  When it was raised
        first_response_at    moment  When a person first answered; automatic replies do not count
        resolved_at          moment  When it was last resolved
        closed_at            moment  When it was closed
        reopened_at          moment  When it was last reopened
        on_hold_minutes      int     Time for which the SLA clock was stopped
        sla_response_due     moment  The vendor's response due time
        sla_resolve_due      moment  The vendor's resolution due time
        sla_response_met     flag    The vendor's verdict on the response
        sla_resolve_met      flag    The vendor's verdict on the resolution
        excluded_from_sla    flag    Agreed to be outside the SLA
        deleted              flag    Deleted in the desk
        is_major             flag    Declared a major incident
        is_fcr               flag    Fixed at first contact, if the vendor says so
        survey_sent          flag    A satisfaction survey was sent
        reopen_count         int     How often it was reopened
        reassignment_count   int     How often it changed group
        first_group          code    The resolver group that had it first
        resolved_group       code    The resolver group that resolved it
        channel              code    portal, email, phone, chat or other
        service              code    The service it concerns
        requester_id         person  Who asked
        user_group           code    officer or member
        csat_score           int     Satisfaction score, higher is better
        csat_scale_max       int     The best score that could be given
        directorate          code    The requester's directorate
    """)),
    Table("ledger", "budget", "one row per cost centre, subjective, period and forecast version",
          _columns("""
        fin_year             text    Financial year, 2025-26
        period_no            int     1 (April) to 12 (March); 13 and over are adjustments
        cost_centre          text    Cost centre code, leading zeros kept
        subjective           text    Subjective (account) code, leading zeros kept
        service              text    Service
        project_code         text    Project code
        funding_source       code    base_budget, reserve, capital, grant or outside
        capital_flag         flag    Capital, not revenue
        income_flag          flag    An income line: the sign of a variance turns
        original_budget      gbp     Full-year budget as set
        revised_budget       gbp     Full-year budget as now revised
        profiled_ytd         gbp     Profiled budget from April to the period
        actual_ytd           gbp     Actual from April to the period
        commitments          gbp     Orders placed and not yet paid
        forecast_outturn     gbp     Forecast for the full year
        forecast_version     text    Which forecast
        as_at                date    Day of the extract
        control_total        gbp     The ledger's own total of actual_ytd for the extract's period
        directorate          code    Directorate
    """)),
    Table("savings", "budget", "one row per saving and year, as at a month", _columns("""
        saving_id            text    Reference of the saving
        strategy             code    Strategy that promised it
        year                 text    Financial year, 2025-26
        as_at_month          month   Month whose end the amounts describe
        type                 code    saving or income
        recurrent            flag    Recurrent, not one-off
        target               gbp     Full-year target
        profiled_target_ytd  gbp     Target profiled from April to the month
        delivered            gbp     Delivered to date
        forecast             gbp     Forecast for the full year
        on_track             gbp     Still to come and on track
        at_risk              gbp     At risk
        unachievable         gbp     Will not be delivered
        directorate          code    Directorate
    """)),
    Table("spend", "budget", "one row per payment line of a transparency file", _columns("""
        paid_on              date    Day of payment
        transaction_no       text    Transaction number
        service              text    Service
        expense_code         text    Expense code, leading zeros kept
        supplier             text    Supplier
        net_amount           gbp     Amount without recoverable VAT
        vat_amount           gbp     Irrecoverable VAT
        capital_flag         flag    Capital, not revenue
        directorate          text    Directorate in the publisher's words
    """)),
    Table("print_jobs", "printing", "one row per job, or per user and day", _columns("""
        source_key           text    The system's own number of the job, if it has one
        grain                code    job or user_day
        job_at               moment  When it was printed
        user_pseud           person  Who printed
        device               text    Printer
        pages                int     Pages of one copy
        copies               int     Copies
        colour_pages         int     Colour pages of one copy
        duplex               flag    Printed on both sides
        duplex_pages         int     Pages printed on both sides, where the source counts them
        printed              flag    It came out
        refunded             flag    Refunded
        cancelled            flag    Cancelled
        paper_size           code    A3, A4, A5 or other
        sheets               int     Sheets, if the device reports them
        cost                 gbp     Charge rate, not an invoice
        directorate          code    Directorate, if the log says so; else from the staff list
    """)),
    Table("presence_events", "remote_working", "one row per sign-in, session or booking",
          _columns("""
        source_key           text    The system's own number of the event, if it has one
        event_at             moment  When it began
        ended_at             moment  When it ended
        minutes              int     How long it lasted
        person_pseud         person  Who
        evidence             code    entra, vpn, desk, badge or survey
        network              code    corporate, other or unknown
        outcome              code    success, failure, checked_in, no_show, booked or cancelled
        site                 text    Building
        directorate          code    Directorate, if the system says so; else from the staff list
    """)),
    Table("activity_reports", "remote_working", "one row per person and window of days",
          _columns("""
        window_end           date    Last day that the report counts
        window_days          int     How many days it counts: 7, 30, 90 or 180, never a quarter
        person_pseud         person  Who
        chats                int     Chat messages, in teams and in private
        calls                int     Calls
        meetings             int     Meetings
    """)),
    Table("staff", "workforce", "one row per person and month", _columns("""
        month                month   Month that the list describes
        person_pseud         person  Who
        persona              code    fixed, hybrid, mobile or home
        remote_capable       flag    The role can be done from home
        fte                  dec     Share of a full-time post
        work_weekdays        code    Working days of the week as digits, Monday is 1
        home_weekdays        code    Agreed home days as digits, Monday is 1
        leave_days           dec     Days of leave taken in the month
        leave_on             text    The days of the month that were leave, such as 02 03 16
        effective_from       date    From which day the row holds
        effective_to         date    Until which day, that day included; empty: still
        directorate          code    Directorate
    """)),
    Table("workforce", "workforce", "one row per month, directorate and persona", _columns("""
        month                month   Month
        persona              code    fixed, hybrid, mobile or home
        headcount            int     People in post at month end
        active_users         int     Accounts used in the month
        joiners              int     Joiners
        leavers              int     Leavers
        fte                  dec     Full-time equivalents
        remote_capable_fte   dec     Full-time equivalents in roles that can be done from home
        contracted_fte_days  dec     FTE times working days
        leave_fte_days       dec     FTE-days of leave
        hours_per_day        dec     Hours of a full-time day
        directorate          code    Directorate
    """)),
    Table("travel_survey", "workforce", "one row per answer", _columns("""
        wave                 code    Survey wave, the year
        surveyed_month       month   Month from which the wave's answers hold
        mode                 code    car, car_passenger, bus, train, light_rail, ... walk
        fuel                 code    petrol, diesel, hybrid, plug_in, electric; empty if no car
        one_way_km           dec     One way, in kilometres
        days_per_week        dec     Days a week by this mode
        passengers           int     People in the car besides the driver
        weight               dec     Survey weight
        directorate          code    Directorate
    """)),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
SOURCES: tuple[str, ...] = tuple(dict.fromkeys(table.source for table in _TABLES))


def tables_of(source: str) -> tuple[Table, ...]:
    """The tables that one source sends."""
    return tuple(table for table in _TABLES if table.source == source)
