"""A mapping proposed for an export that nobody has mapped: short, and without a secret."""

import re

import pytest
import yaml
from given import NOW
from openpyxl import Workbook

from scorecard import mapping, settings
from scorecard.admission import Refused
from scorecard.proposal_cells import quoted
from scorecard.propose import propose
from scorecard.settings import REPOSITORY
from scorecard.trial import try_file

REAL = REPOSITORY.parent / "shared" / "data" / "real"
SECRETS = (
    "Ruth Blenkinsop", "Blenkinsop", "ruth.b@example.gov.uk", "QQ 12 34 56 C", "07700 900123",
    "LS1 1UR", "rblenkin", "203.0.113.9", "Her screen is dark", "DESKTOP-RUTH",
)  # fmt: skip
# Exports that no mapping of ours knows: in each row the same invented person.
DESK = (
    "Call Ref;Logged Date;Completed Date;Severity;Current Status;Caller;Email;NI Number;Mobile;"
    "Home address;Details;Team;Directorate\n"
) + "".join(
    f"C{n:05d};{n:02d}/06/2025 09:15;{n + 1:02d}/06/2025 10:00;High;Closed;rblenkin;"
    f"ruth.b@example.gov.uk;QQ 12 34 56 C;07700 900123;Leeds LS1 1UR;Her screen is dark;"
    f"Service Desk;Place\n"
    for n in range(1, 13)
)
BADGE = "Entry report\n\nCard holder,Staff number,Swipe time,Building,Computer\n" + "".join(
    f"Ruth Blenkinsop,rblenkin,2025-06-{n:02d} 08:{n:02d}:00,Civic Centre,DESKTOP-RUTH\n"
    for n in range(1, 29)
)
SPEND = "Payee,Posting Date,Voucher No,Amount (£),VAT,Cost Centre Description,Directorate\n"
SPEND += "".join(
    f"Smith & Co,{n:02d}/06/2025,V{n},\"£1,{n:03d}.50\",Nil,Highways,Place\n" for n in range(1, 10)
) + 'Smith & Co,30/06/2025,V99,"(£1,000.00)",Nil,Highways,Place\n'  # fmt: skip
BARE = "".join(
    f"ruth.b@example.gov.uk,2025-06-{n:02d} 09:00:00,203.0.113.9\n" for n in range(1, 20)
)
VPN = "".join(
    f'date=2025-06-{n:02d} time=09:00:00 user="rblenkin" remip=203.0.113.9 duration=60\n'
    for n in range(1, 20)
)
UNSEEN = {
    "desk.csv": DESK,
    "badge.csv": BADGE,
    "spend.csv": SPEND,
    "bare.csv": BARE,
    "vpn.log": VPN,
}


@pytest.fixture
def proposed(tmp_path, limits):
    """The proposal for an export with this content."""

    def ask(content, name="unseen.csv", table=None, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return propose(path, limits, table, None)

    return ask


@pytest.mark.parametrize("name", UNSEEN)
def test_a_proposal_repeats_nothing_of_a_person_and_is_the_same_each_time(proposed, name):
    text = proposed(UNSEEN[name], name)
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert text == proposed(UNSEEN[name], name)
    assert len(text.splitlines()) <= 40


@pytest.mark.parametrize("name", ["desk.csv", "badge.csv", "spend.csv"])
def test_a_proposal_that_a_person_completed_reads_its_export(proposed, tmp_path, limits, name):
    text = proposed(UNSEEN[name], name)
    constant = {"desk.csv": ("type", "incident"), "badge.csv": ("evidence", "badge")}.get(name)
    if constant:
        column, value = constant
        text = re.sub(rf"{column}: Not in the export,?\s*", "", text)
        text = text.replace("columns:\n", f"columns:\n  {column}: {{constant: {value}}}\n")
    path = tmp_path / f"{name.split('.')[0]}.yaml"
    path.write_text(text)

    told = try_file(tmp_path / name, limits, NOW, using=path)
    assert told["refusals"] == []
    assert told["rows_accepted"] == told["rows_received"]


def test_columns_that_look_personal_are_dropped_with_the_reason(proposed):
    text = proposed(DESK)
    assert "requester_id: {from: [Caller]}   # a person: kept as a keyed hash only" in text
    for kind, heading in (
        ("e-mail addresses", "Email"), ("numbers of persons", "NI Number"),
        ("telephone numbers", "Mobile"), ("addresses", "Home address"), ("free text", "Details"),
    ):  # fmt: skip
        assert f"# look like {kind}: {heading}\n" in text
    assert re.search(r"(?s)drop: \[.*Details.*\]", text)


def test_an_open_order_of_day_and_month_is_spelt_out(proposed):
    text = proposed(DESK)
    assert '["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"], proved: {within_days: 31}' in text
    assert "day and month can be read in 2 orders, and no cell shows which" in text
    assert '["%d/%m/%Y"]' in proposed(SPEND)


def test_how_amounts_and_nothing_are_written_is_told(proposed):
    assert "numbers: [thousands, brackets, currency]" in proposed(SPEND)
    assert "zeros: [Nil]" in proposed(SPEND)


def test_how_the_file_is_written_is_told(proposed):
    assert "delimiter: semicolon" in proposed(DESK)
    assert "banner_rows: 2" in proposed(BADGE)
    assert "encoding: cp1252" in proposed(SPEND.replace("Smith", "Café"), encoding="cp1252")
    assert "names: [Column 1, Column 2, Column 3]" in proposed(BARE)
    assert "format: key_value" in proposed(VPN)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Heading\n", "one cell each"), ("a,b\n", "no rows below"),
        ('[{"a": 1}]', "records of JSON"),
        (",Ticket ID,Status\n0,101,Open\n1,102,Closed\n", "column 1 has no heading, .* Give it"),
    ],
)  # fmt: skip
def test_what_no_mapping_can_be_proposed_for_is_said(proposed, content, words):
    with pytest.raises(Refused, match=words):
        proposed(content)


# A desk and a printer's log under headings of which few are known.
UNKNOWN_DESK = (
    "Call No,Call Type,Logged On,Answered On,Closed On,Urgency,Department,Logged By,E-mail,"
    "Reopened,Transfers,Batch\n"
) + "".join(
    f"HD-{20000 + n},{('Incident', 'Request')[n % 2]},{n:02d}/06/2025 09:15,{n:02d}/06/2025 09:20,"
    f"{n + 1:02d}/06/2025 10:00,{('High', 'Medium', 'Low')[n % 3]},{('Place', 'Housing')[n % 2]},"
    f"Ruth Blenkinsop,ruth.b@example.gov.uk,{'YN'[n % 2]},{n % 3},X{n}\n"
    for n in range(1, 29)
)
PRINTS = (
    "Date",
    "User",
    "Printer",
    "Pages",
    "Copies",
    "Total pages",
    "Colour?",
    "Two sided",
    "Team",
)


def line_of(text, name):
    """The one line of a proposal that begins with a name."""
    (line,) = (line for line in text.splitlines() if line.strip().startswith(f"{name}:"))
    return line.strip()


def test_an_identifier_under_an_unknown_heading_is_proposed_from_what_is_in_each_row_another(
    proposed,
):
    told = proposed(UNKNOWN_DESK)
    assert line_of(told, "ticket_id") == "ticket_id: {from: [Call No]}   # ? one of: Call No, Batch"
    assert line_of(told, "key") == "key: [ticket_id]   # ? what tells rows apart"
    assert "ticket_id: Not" not in told
    assert "ticket_id: {from: [Batch]}   # ? one of: Batch" in proposed(
        UNKNOWN_DESK.replace("HD-20002", "HD-20001")
    )


def test_a_moment_alone_tells_no_rows_apart(proposed):
    twice = UNKNOWN_DESK.replace("HD-20002", "HD-20001").replace("X2\n", "X1\n")
    told = proposed(twice)
    assert line_of(told, "key").startswith("key: [opened_at, type, priority]   # ?")
    assert "key_repeats: numbered" in told
    assert "# ? nearly every system has: resolved_at, status, ticket_id" in told


def test_a_code_under_an_unknown_heading_is_proposed_from_columns_of_few_texts(proposed):
    told = line_of(proposed(UNKNOWN_DESK), "priority")
    assert told.startswith("priority: {from: [Urgency], values: {High: P2, Medium: P3}}")
    assert told.endswith("# ? one of: Urgency; ? Low is P4 or P5")


def test_a_word_that_systems_mean_differently_is_asked_about_and_a_number_is_nobodys_word(proposed):
    rows = "".join(
        f"{n},2025-06-02 08:{n:02d}:00,{n % 4 + 1},{['Open', 'Closed'][n % 2]}\n" for n in range(40)
    )
    text = proposed(f"Ticket ID,Opened At,Priority,Status\n{rows}", table="tickets")

    assert "priority: {from: [Priority]" in line_of(text, "priority")
    assert "P1" not in line_of(text, "priority")
    assert line_of(text, "priority").endswith(
        "# ? 4 more values to name: `scorecard try` lists them"
    )
    assert "values: {Closed: closed}" in line_of(text, "status")
    assert line_of(text, "status").endswith("# ? Open is new or open")


def test_who_a_row_is_about_is_proposed_from_names_and_from_no_address(proposed):
    door = "Reader,Swiped,Seen from,Who was there\n" + "".join(
        f"R{n % 3},2025-06-{n:02d} 08:{n:02d}:00,203.0.113.9,Ruth Blenkinsop\n"
        for n in range(1, 29)
    )
    told = line_of(proposed(door, table="presence_events"), "person_pseud")
    assert told.startswith("person_pseud: {from: [Who was there]}   # ? one of: Who was there;")


def test_a_guess_from_part_of_a_heading_asks_and_one_from_all_its_words_does_not(proposed):
    told = proposed(UNKNOWN_DESK)
    assert line_of(told, "type").endswith("# ? its heading says so in part")
    assert "in part" not in line_of(told, "opened_at")
    assert line_of(told, "closed_at").startswith("closed_at: {from: [Closed On]")


def test_the_month_of_a_row_asks_if_its_date_is_a_guess(proposed):
    assert line_of(proposed(UNKNOWN_DESK), "month_from") == "month_from: [opened_at]"
    told = proposed(UNKNOWN_DESK.replace("Logged On", "Call logged"))
    assert line_of(told, "month_from") == (
        "month_from: [opened_at]   # ? the date that says when a row counts"
    )


def test_the_name_that_a_mapping_gives_to_a_cell_of_a_log_is_no_known_heading(proposed):
    """One log of pages counts its copies as pages, under a name of ours."""
    jobs = "".join(f"{n:02d}/06/2025 09:15,MFD-1,{n % 3 + 1}\n" for n in range(1, 29))
    told = proposed("Printed At,Printer,Copies\n" + jobs, table="print_jobs")

    assert "copies: {from: [Copies]}" in line_of(told, "copies")
    assert "pages: {from" not in told


def test_a_column_that_is_not_understood_is_listed_and_what_it_may_hold_is_not_said_to_lack(
    proposed,
):
    told = proposed(UNKNOWN_DESK)
    assert "# ? not understood: Reopened, Batch\n" in told
    assert "# look like names of persons: Logged By\n" in told
    assert "# look like e-mail addresses: E-mail\n" in told
    assert "reopen_count: Not found" in told  # a heading shares a word with it
    assert "requester_id: Not found" in told  # who logged it may be who asked
    assert "csat_score: Not in the export" in told  # no number is left
    whole = "Ticket,Type,Priority,Status,Opened\n" + "".join(
        f"T{n},Incident,High,Closed,2025-06-{n:02d} 10:00\n" for n in range(1, 20)
    )
    assert "service: Not in the export" in proposed(whole)  # nothing is left at all


@pytest.fixture(scope="module")
def prints(tmp_path_factory):
    """The proposal for a workbook of print jobs, behind an empty sheet."""
    book = Workbook()
    sheet = book.create_sheet("Prints")
    sheet.append(PRINTS)
    for n in range(1, 29):
        pages, copies = n % 9 + 1, n % 3 + 1
        team = ("Adults", "CYP", "housing")[n % 3]
        sheet.append([
            f"2025-06-{n:02d} 10:00:00", f"user{n}", f"PRN{n % 7}", pages, copies, pages * copies,
            ("Yes", "No")[n % 2], ("Yes", "No")[n % 3 > 0], team,
        ])  # fmt: skip
    path = tmp_path_factory.mktemp("prints") / "prints.xlsx"
    book.save(path)
    limits = settings.read({"SCORECARD_HOME": str(path.parent / "home")})
    return propose(path, limits, None, None)


def test_a_heading_that_stands_for_one_column_is_no_candidate_for_another(prints):
    assert line_of(prints, "pages") == "pages: {from: [Pages]}"
    assert "Total pages]" not in prints.partition("drop:")[0]
    assert "# ? not understood: Total pages\n" in prints


def test_a_flag_of_colour_counts_all_pages_or_none_and_asks(prints):
    assert line_of(prints, "colour_pages") == (
        'colour_pages: {from: ["Colour?"], values: {"No": 0, "Yes": "=pages"}}'
        "   # ? a job in colour is taken to have no other page"
    )


def test_a_column_of_which_every_text_names_a_directorate_is_the_directorate(prints, proposed):
    assert line_of(prints, "directorate") == "directorate: {from: [Team], lookup: directorates}"
    stranger = UNKNOWN_DESK.replace("Department", "Zone")
    assert line_of(proposed(stranger), "directorate").startswith("directorate: {from: [Zone]")
    assert "directorate: {from" not in proposed(stranger.replace("Housing", "Transformation"))


def test_yes_and_no_of_a_flag_need_no_name_and_a_sheet_has_its_own(prints):
    assert line_of(prints, "duplex") == "duplex: {from: [Two sided]}"
    assert "file: {format: xlsx, sheet: Prints}" in prints


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not at hand")
@pytest.mark.parametrize("name", ["gla_spend_2022-P13", "harrogate_spend_2022-08",
                                  "leeds_spend_2020-06", "wakefield_spend_2021-Q4"])  # fmt: skip
def test_a_published_file_of_payments_is_mapped_in_forty_lines(limits, tmp_path, name):
    path = tmp_path / f"{re.sub('[^a-z0-9]+', '_', name.lower())}.yaml"
    text = propose(REAL / f"{name}.csv", limits, None, path.stem)
    path.write_text(text)
    told = try_file(REAL / f"{name}.csv", limits, NOW.replace(year=2026), using=path)

    assert mapping.load(path).table == "spend"
    assert len(text.splitlines()) <= 40
    assert (told["refusals"], told["table"]) == ([], "spend")
    assert told["rows_accepted"] > 0.95 * told["rows_received"]


@pytest.mark.parametrize(
    "rows",
    [
        "Ann Smith,Leeds,High\nBob Jones,York,Low\nCy Low,Hull,High\n",
        "Ann Smith,Leeds,Service Desk\nBob Jones,York,Service Desk\n",
        "Ann Smith,Leeds,Chess\nBob Jones,York,Golf\n",
        "Ann Smith,Email,Leeds\nBob Jones,Phone,York\nCy Low,Portal,Hull\nDee May,Walk in,Bath\n",
        "Smith,Leeds,Created\nJones,York,Closed\nLow,Hull,Opened\n",
    ],
)
def test_a_first_row_that_may_be_data_is_not_repeated(proposed, rows):
    told = proposed(rows)
    assert "names: [Column 1, Column 2, Column 3]" in told
    assert "# ? row 1 is taken for data: if it holds headings" in told
    assert [said for said in ("Smith", "Leeds", "Email", "Created") if said in told] == []


@pytest.mark.parametrize("cell", ["CH-1", "02/06/2025", "9"])
def test_a_first_row_is_headings_where_a_known_one_stands_above_what_has_digits(proposed, cell):
    below = "Chess,{0}\nGolf,{0}\n"
    assert "names:" not in proposed("Club,Opened\n" + below.format(cell))
    assert "names:" in proposed("Club,Opened\n" + below.format("-"))
    assert "names:" in proposed("Club,Place\n" + below.format(cell))


def test_a_heading_that_looks_like_a_name_is_told_by_its_place(proposed):
    told = proposed(
        "Opened,Ann Smith,A. Low,Card Holder,Swipe Count\n"
        + "2025-06-02,1,2,x,3\n2025-06-03,3,4,y,3\n"
    )
    assert "# ? column 2, column 3: looks like a person's name, so it is not repeated here." in told
    assert "Smith" not in told
    assert "Low" not in told
    assert "Card Holder" in told
    assert "Swipe Count" in told


@pytest.mark.parametrize("hidden", ["\ufeff", "\u202e", "\U000e0001", "\u200b"])
def test_a_heading_with_a_hidden_letter_is_refused_with_its_place(proposed, hidden):
    with pytest.raises(
        Refused,
        match=rf"unseen.csv: the heading of column 2 holds U\+{ord(hidden):04X}, a character that "
        "cannot be seen, .* Export it again without",
    ):
        proposed(f"Ticket ID,Sta{hidden}tus,Opened\n1,Open,2025-06-02\n2,Open,2025-06-02\n")


def test_a_heading_that_means_several_things_asks_and_one_without_a_doubt_does_not(proposed):
    rows = "".join(f'2025/26,{n},0{n},P{n},"{n},000",{n}.50\n' for n in range(1, 12))
    headings = "Fin year,Period no,Cost centre code,Analysis code,Full year budget,Profile to date"
    told = proposed(f"{headings}\n{rows}", table="ledger")
    for column, heading in (
        ("subjective", "Analysis code"),
        ("revised_budget", "Full year budget"),
    ):
        line = line_of(told, column)
        assert line.startswith(f"{column}: {{from: [{heading}]")
        assert line.endswith("# ? its heading may mean something else")
    assert line_of(told, "fin_year") == "fin_year: {from: [Fin year], fin_year: starts}"
    assert line_of(told, "profiled_ytd") == "profiled_ytd: {from: [Profile to date]}"
    assert line_of(told, "cost_centre") == "cost_centre: {from: [Cost centre code]}"


def test_a_financial_year_of_one_number_asks_which_it_is(proposed):
    rows = "".join(f"{year},{n},1\n" for n in range(1, 9) for year in (2025, 2026))
    told = proposed(f"Year,Period,Cost centre\n{rows}", table="ledger")
    assert line_of(told, "fin_year").endswith(
        "{from: [Year], fin_year: starts}   # ? or ends: which year 2025-26 is called by"
    )


@pytest.fixture
def of_sheet(tmp_path, limits):
    """The proposal for a workbook of one sheet with this name."""

    def ask(title):
        book = Workbook()
        book.active.title = title
        for row in (["Ticket ID", "Opened"], ["1", "2025-06-02"], ["2", "2025-06-03"]):
            book.active.append(row)
        book.save(tmp_path / "unseen.xlsx")
        return propose(tmp_path / "unseen.xlsx", limits, None, None)

    return ask


def test_the_name_of_a_sheet_is_shown_unless_it_looks_like_a_persons(of_sheet):
    assert "sheet: Service Calls}\n" in of_sheet("Service Calls")
    told = of_sheet("Ann Smith")
    assert "sheet: \"?\"}   # ? its sheet's name looks like a person's: write it yourself" in told
    assert "Smith" not in told


def test_the_name_of_a_sheet_with_a_hidden_letter_is_refused(of_sheet):
    with pytest.raises(Refused, match=r"xlsx: the name of its sheet holds U\+202E, .* Rename it"):
        of_sheet("Cal\u202els")


@pytest.mark.parametrize(
    ("table", "headings", "row", "hint"),
    [
        ("ledger", "Year,Period,Account,Debit,Credit Amount", "2025,{n},4{n},{n}.00,",
         "# ? two sides: actual_ytd: {add: [Debit], take: [Credit Amount], some_empty: allowed}"),
        ("ledger", "Account,Apr,May 2025,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar",
         "4{n}" + ",{n}" * 12, "# ? a column for each of 12 months: see unpivot, also and "),
        ("presence_events", "Booked by,Day booked,From,To", "u{n},{n:02d}/06/2025,9:00 AM,17:30",
         "# ? times without a day: From, To. Put the day before: {join: [Day, Time], joined_by: "),
    ],
)  # fmt: skip
def test_what_one_heading_cannot_give_is_hinted_at(proposed, table, headings, row, hint):
    rows = "".join(f"{row.format(n=n)}\n" for n in range(1, 20))
    told = proposed(f"{headings}\n{rows}", table=table)
    assert f"\n{hint}" in told
    assert hint.split(":")[0] not in proposed("Account,Debit,Apr\n1,2,3\n", table="ledger")


def test_a_duration_asks_for_its_unit_unless_its_heading_tells(proposed):
    log = "".join(
        f'user="u{n}" start="2025-06-{n:02d} 09:00:00" {{}}={n}00\n' for n in range(1, 20)
    )
    for said, told in (
        ("secs", ", duration: [seconds]}"), ("minutes", "}"),
        ("session_hours", ", duration: [hours]}"),
        ("duration", "}   # ? minutes, or `duration: [seconds]`"),
    ):  # fmt: skip
        line = line_of(proposed(log.format(*[said] * 19), "vpn.log", "presence_events"), "minutes")
        assert line.startswith(f"minutes: {{from: [{said}]")
        assert told in line
        assert ("duration: [seconds]`" in line) == (said == "duration")


def test_a_priority_with_a_number_and_a_word_is_known_by_both_and_asked_about_if_they_differ(
    proposed,
):
    said = ("1 - Urgent", "2: High", "3 - Normal", "4 - Zebra")
    rows = "".join(f"{n},2025-06-{n:02d},{said[n % 4]}\n" for n in range(1, 20))
    line = line_of(proposed(f"Ticket ID,Opened,Priority\n{rows}"), "priority")
    assert 'values: {1 - Urgent: P1, "2: High": P2}' in line
    assert "? 3 - Normal is P3 or P4; ? 1 more values to name" in line
    assert "Zebra" not in line


@pytest.mark.parametrize(
    ("first", "shown"),
    [("Total", "Total"), ("Grand total:", '"Grand total:"'), ("Total Smith", "")],
)
def test_a_last_row_that_adds_up_the_others_is_set_aside_and_not_looked_at(proposed, first, shown):
    told = proposed(PAID + f'{first},,,"9,999.00"\n')
    assert told.startswith("# Proposed from 19 rows.")
    assert "paid_on: {from: [Date], format: " in told
    assert "Smith" not in told
    aside = (
        f"  - {{rule: total, heading: Payee, in: [{shown}], why: It adds up the other rows.}}   # ?"
    )
    if shown:
        assert f"set_aside:\n{aside}" in told
    else:
        assert "# ? the last row looks like a total" in told
    assert "total" not in proposed(PAID).casefold()


PAID = "Payee,Date,Reference,Net\n" + "".join(
    f"X & Co,{n:02d}/06/2025,V{n},{n}.00\n" for n in range(1, 20)
)


def test_headings_that_a_report_repeats_on_each_page_are_headings(proposed):
    page = "Supplier Name,Payment Date,Net Amount\n" + "Smith & Co,2025-06-02,1.00\n" * 5
    assert "names:" not in proposed(page * 2)


def test_of_a_wide_export_or_a_log_with_ever_new_keys_fewer_rows_are_looked_at(
    proposed, monkeypatch
):
    monkeypatch.setattr("scorecard.propose._CELLS", 10_000)
    wide = ",".join(["Net Amount", *(f"Note {n}" for n in range(99))])
    told = proposed(f"{wide}\n" + f"1{',y' * 99}\n" * 200)
    assert told.startswith("# Proposed from 99 rows.")
    told = proposed("".join(f"user=a key{n}=1\n" for n in range(200)), "vpn.log")
    assert told.startswith("# Proposed from 100 rows.")


@pytest.mark.parametrize(
    "letter", ["\x1b", "\x7f", "\x80", "\ufffe", "\u202e", "\ufeff", "\U000e0001"]
)
def test_a_heading_with_a_hidden_letter_is_written_as_yaml_that_can_be_loaded(letter):
    heading = f'a{letter}\\"b'
    loaded = yaml.safe_load(f"[{quoted(heading)}]")
    assert loaded == [heading]
    assert quoted(heading).isprintable()
