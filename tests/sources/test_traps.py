"""The traps of each system's export that its sample cannot show, because the file is refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from reading import FOLDER, sample_of

from scorecard import settings
from scorecard.trial import try_file


@pytest.fixture
def changed(reader, tmp_path):
    """What becomes of a system's sample with some of its text replaced, or other rows."""

    def ask(system, *replaced, rows=None, received=datetime(2025, 7, 20, 9, tzinfo=UTC)):
        sample = sample_of(system)
        text = sample.read_bytes().decode()
        if rows is not None:
            text = text.splitlines(keepends=True)[0] + "".join(f"{row}\n" for row in rows)
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / sample.name
        path.write_bytes(text.encode())
        return reader.read(path, received)

    return ask


def signed_in(*dates):
    return [
        f"{date} 7:22:01 AM,jsmith@example.gov.uk,J,Teams,203.0.113.9,,,,,,Success,,,,"
        for date in dates
    ]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("3/6/2025", "13/6/2025"), "2025-06-03"),  # a day over 12
        (("6/3/2025", "6/13/2025"), "2025-06-03"),  # a month over 12, if it were one
        (("3/7/2025", "9/7/2025"), "2025-07-03"),  # else in September, which has not come
        (("1/6/2025", "2/6/2025", "12/6/2025"), "2025-06-01"),  # else spread over a year
        (("5/5/2025",), "2025-05-05"),  # the same in both orders
    ],
)
def test_entra_s_order_of_day_and_month_is_that_in_which_the_whole_file_makes_sense(
    changed, dates, first
):
    told = changed("entra_sign_ins_dated", rows=signed_in(*dates))

    assert told.refusal is None
    assert f"{told.rows[0]['event_at']:%Y-%m-%d}" == first


def test_entra_s_dates_that_stay_open_refuse_the_file(changed):
    assert changed("entra_sign_ins_dated", rows=signed_in("3/6/2025", "5/6/2025")).refusal is None
    assert changed("entra_sign_ins_dated", rows=signed_in("3/6/2025")).refusal == (
        "entra_sign_ins_dated.csv, CreatedDateTime: the dates may be written as %d/%m/%Y %I:%M:%S "
        "%p (3 June 2025 to 3 June 2025) or %m/%d/%Y %I:%M:%S %p (6 March 2025 to 6 March 2025). "
        "Export a month that is over, whole, so that a day over 12 shows the order; or export "
        "dates as 2025-12-03."
    )


def test_entra_s_dates_in_two_orders_refuse_the_file(changed):
    told = changed("entra_sign_ins_dated", rows=signed_in("13/6/2025", "6/14/2025"))
    assert "the dates cannot all be written as" in told.refusal


def test_a_date_that_is_none_sets_its_row_aside_and_proves_nothing(changed):
    dates = [f"{day}/6/2025" for day in range(10, 16)]
    told = changed("entra_sign_ins_dated", rows=signed_in(*dates, "yesterday"))
    assert (len(told.rows), told.by_rule) == (6, {"event_at_unreadable": 1})


def test_a_list_of_non_interactive_sign_ins_is_no_evidence_of_work(reader, tmp_path):
    from scorecard.sample.sign_ins import HEADINGS

    def list_of(token):
        cells = {
            "Date (UTC)": "2025-06-03T07:22:01Z",
            "Request ID": "6f1",
            "Status": "Success",
            "Username": "jsmith",
            "IP address": "203.0.113.9",
            "Incoming token type": token,
        }
        path = tmp_path / "signins.csv"
        path.write_text(
            "\n".join(
                ",".join(row)
                for row in (HEADINGS, [cells.get(heading, "") for heading in HEADINGS])
            )
            + "\n"
        )
        return reader.read(path)

    assert len(list_of("none").rows) == 1
    assert list_of("refreshToken").refusal == (
        "signins.csv: The export has refreshes of tokens in the background, which is the list of "
        "non-interactive sign-ins: no evidence of work. Nothing of the file is used; send the "
        "right export."
    )


def test_a_report_of_universal_print_by_month_is_refused_because_it_counts_every_page_again(
    changed,
):
    told = changed("universal_print", ("2025-06-02", "2025-05-01"))
    assert told.refusal == (
        "universal_print.csv: every row is of the first of a month, so this is a report by month. "
        "Export the report by day, for a whole month."
    )


def test_a_day_of_universal_print_with_more_single_sheets_than_pages_is_set_aside(changed):
    days = [f"2025-06-{day:02},jsmith,1,0,5,0,4,{3 + day % 2},1" for day in range(2, 12)]
    told = changed("universal_print", rows=[*days, "2025-06-13,jsmith,1,0,5,0,6,6,0"])

    assert {row["duplex_pages"] for row in told.rows} == {1, 2}
    assert told.by_rule == {"duplex_not_negative": 1}


def test_an_asa_s_line_without_a_year_is_not_given_one(changed):
    told = changed("cisco_asa_vpn", ("2025-06-04T17:00:00Z", "Jun 04 17:00:00"))
    assert told.by_rule["event_at_unreadable"] == 1
    assert all(row["event_at"].year == 2025 for row in told.rows)


def test_an_account_with_leading_zeros_and_one_without_are_two_lines(changed):
    told = changed(
        "oracle_gl_balances", ("E,500.50,0,0,0,10450,04201", "E,500.50,0,0,0,10450,4201")
    )
    lines = {(row["cost_centre"], row["subjective"]) for row in told.rows}
    assert {("10450", "04201"), ("10450", "4201")} <= lines


def test_amounts_of_lines_put_together_add_up_to_those_of_the_file(tmp_path, council):
    given = {"SCORECARD_HOME": str(tmp_path), "SCORECARD_COUNCIL": str(council)}
    received = datetime(2025, 7, 20, 9, tzinfo=UTC)
    told = try_file(sample_of("sap_acdoca"), settings.read(given), received, "sap_acdoca")

    # 1,200 - 1,200 + 980 - 80, and the last line a second time; one line has no cost centre.
    sums = {name: Decimal(told["amounts"][name]) for name in ("received", "accepted", "set_aside")}
    assert sums == {
        "received": 820, "accepted": 2100, "set_aside": -1280
    }  # fmt: skip


def test_if_one_part_of_a_ledger_line_cannot_be_read_the_line_does_not_count(changed):
    told = changed("oracle_gl_balances", ("A,9100.00", "A,about 9100"))
    assert "10450" not in {row["cost_centre"] for row in told.rows}
    assert told.by_rule["part_unreadable"] == 2
    assert told.by_rule["actual_ytd_unreadable"] == 1


def test_an_extract_of_oracle_cloud_begins_each_name_with_balance(changed):
    told = changed(
        "oracle_gl_balances",
        (
            "LEDGER_ID,CODE_COMBINATION_ID,CURRENCY_CODE",
            "BalanceLedgerId,BalanceCodeCombinationId,BalanceCurrencyCode",
        ),
        (
            "PERIOD_NAME,PERIOD_YEAR,PERIOD_NUM",
            "BalancePeriodName,BalancePeriodYear,BalancePeriodNum",
        ),
        ("ACTUAL_FLAG", "BalanceActualFlag"),
    )
    assert told.rows[0]["actual_ytd"] == Decimal("26950.00")


def test_adjustments_of_period_13_are_a_later_state_of_march(changed):
    told = changed("oracle_gl_balances", ("JUN-25,2026,3", "ADJ-25,2025,13"))
    assert {(row["fin_year"], row["period_no"], row["_month"]) for row in told.rows} == {
        ("2024-25", 13, "2025-03")
    }


def wide(*sides):
    amounts = ["0.00"] * 14
    return [
        f"0L,0,001,2024,420100,10450,{side},0.00,{first},{second},{','.join(amounts)}"
        for side, first, second in sides
    ]


@pytest.mark.parametrize("credit", ["150.00", "-150.00", "150.00-"])
def test_sap_s_credits_are_a_minus_whether_the_file_writes_it_or_not(changed, credit):
    told = changed("sap_faglflext", rows=wide(("S", "1000.00", "0.00"), ("H", credit, "0.00")))
    assert {row["actual_ytd"] for row in told.rows} == {Decimal("850.00")}


def test_a_correction_among_credits_that_have_their_minus_stays_a_plus(changed):
    told = changed("sap_faglflext", rows=wide(("H", "150.00-", "20.00")))
    assert [row["actual_ytd"] for row in told.rows[:2]] == [Decimal("-150.00"), Decimal("-130.00")]


def test_the_sign_of_a_wide_ledger_s_credits_is_that_of_the_whole_year(changed):
    (row,) = wide(("H", "5.00", "0.00"))
    told = changed("sap_faglflext", rows=[f"{row.removesuffix(',0.00' * 4)},10.00-,0.00,0.00,0.00"])
    assert [line["actual_ytd"] for line in told.rows[11:13]] == [Decimal("5.00"), Decimal("-5.00")]


@pytest.mark.parametrize("second", ["40.00", "30.00"])
def test_a_minus_among_credits_that_are_no_credit_together_refuses_the_file(changed, second):
    told = changed("sap_faglflext", rows=wide(("H", "30.00-", second), ("S", "100.00", "0.00")))
    assert told.refusal == (
        "sap_faglflext.csv, DRCRK: some credits bear a minus, and together they are no credit, so "
        "nobody can tell which of them are corrections. Export all accounts of the period."
    )


def test_a_side_that_is_neither_debit_nor_credit_sets_its_line_aside(changed):
    told = changed(
        "sap_faglflext",
        rows=wide(("S", "1.00", "0.00")) * 5
        + [wide(("X", "1.00", "0.00"))[0].replace("420100", "420200")],
    )
    assert told.by_rule["actual_ytd_unreadable"] == 1


def test_periods_of_a_wide_ledger_that_had_not_begun_are_left_for_a_later_file(changed):
    told = changed("sap_faglflext", (",2024,", ",2025,"))
    assert sorted({row["period_no"] for row in told.rows}) == [1, 2, 3, 4]


def test_a_wide_ledger_of_a_year_that_has_not_begun_is_refused(changed):
    assert (
        "the row belongs to 2026-04, after"
        in changed("sap_faglflext", (",2024,", ",2026,")).refusal
    )


def test_a_fault_in_one_period_sets_the_whole_wide_row_aside(changed):
    rows = [wide(("S", "1.00", "2.00"))[0].replace("420100", f"42010{n}") for n in range(5)]
    told = changed(
        "sap_faglflext", rows=[*rows, wide(("S", "1.00", "two"))[0].replace("420100", "7")]
    )
    assert (told.received, len(told.aside), len(told.rows)) == (6, 1, 5 * 16)
    assert told.received == len({row["_row"] for row in told.rows}) + len(told.aside)


def test_jira_s_repeated_headings_may_be_any_number_and_an_unknown_one_stops_the_file(changed):
    more = changed(
        "jira_search", ("Labels,Labels\n", "Labels,Labels,Labels\n"), ("wifi,\n", "wifi,,\n")
    )
    assert "row_shape" in more.by_rule or more.refusal  # the other rows lack the new cell
    told = changed("jira_search", ("Labels,Labels", "Labels,Home address"))
    assert "the headings 'home address' are unknown" in told.refusal


def test_a_globalprotect_line_is_known_by_its_place_and_not_by_a_heading(reader, tmp_path):
    other = tmp_path / "traffic.log"
    other.write_bytes(
        (FOLDER / "globalprotect_vpn.log").read_bytes().replace(b"GLOBALPROTECT", b"TRAFFIC")
    )
    assert reader.read(other).refusal == (
        "traffic.log: recognised as no system. Its first row has none of the headings that a "
        "mapping names. Export it with its headings, or let `scorecard map FILE` propose a mapping."
    )


def test_a_halo_verdict_that_was_not_measured_is_neither_met_nor_missed(changed):
    told = changed("halo_faults", ("9,I,O,0,0,0,2", "9,NULL,,0,0,0,2"))
    assert (told.rows[0]["sla_resolve_met"], told.rows[0]["sla_response_met"]) == (None, None)


def test_names_that_microsoft_conceals_are_kept_and_match_nobody(changed):
    told = changed("m365_teams_usage")
    assert len({row["person_pseud"] for row in told.rows}) == 2


def test_a_log_that_ends_in_the_middle_of_a_line_is_refused(reader, tmp_path):
    whole = (FOLDER / "papercut_text_log.log").read_bytes()
    path = tmp_path / "printlog.log"
    path.write_bytes(whole[:-20])
    assert reader.read(path).refusal == (
        "printlog.log, row 6: the file breaks off in the middle of a row. Export it again and send "
        "it whole."
    )
    path.write_bytes(whole[:-1])
    assert len(reader.read(path).rows) == 5


def posted(company="1000", year="2025", period="001", number="1", amount="10.00", ledger="0L"):
    line = f"{ledger},{company},{year},{period},{number},000001"
    return f"{line},420100,10450,,,2025-04-11,KR,S,{amount}"


def test_an_sap_document_number_is_one_of_its_company(changed):
    told = changed("sap_acdoca", rows=[posted("1000"), posted("2000"), posted("2000")])
    assert told.by_rule == {"counted_together": 1, "repeated_row": 1}
    assert told.rows[0]["actual_ytd"] == Decimal("20.00")


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("RLDNR holds '0L' and '2L'", [posted(), posted(ledger="2L", number="2")]),
        ("RLDNR holds '' and '0L'", [posted(), posted(ledger="")]),
        ("GJAHR holds '2024' and '2025'", [posted(), posted(year="2024")]),
    ],
)
def test_a_journal_of_two_ledgers_or_years_is_refused(changed, heading, rows):
    assert changed("sap_acdoca", rows=rows).refusal == (
        f"sap_acdoca.csv: {heading}, where a file may hold one value: rows of two would be added "
        "up. Nothing of the file is used; send the right export."
    )


def test_balances_of_two_oracle_ledgers_are_refused_unless_one_counts_for_nothing(changed):
    first = "1,88012,GBP,JUN-25,2026,3,A,100.00,0,0,0,10450,04201"
    told = changed("oracle_gl_balances", rows=[first, first.replace("1,", "2,", 1)])
    assert "LEDGER_ID holds '1' and '2'" in told.refusal
    other = first.replace("1,", "2,", 1).replace("GBP", "EUR")
    told = changed("oracle_gl_balances", rows=[first, other])
    assert (told.refusal, told.by_rule) == (None, {"other_currency": 1})


@pytest.mark.parametrize("kind", ["1", "2", "3", ""])
def test_totals_of_a_plan_or_of_an_assessment_are_no_actuals(changed, kind):
    actual, plan = wide(("S", "100.00", "0.00"), ("S", "9000.00", "0.00"))
    told = changed("sap_faglflext", rows=[actual, plan.replace("0L,0,001", f"0L,{kind},002")])
    assert (told.by_rule, told.rows[0]["actual_ytd"]) == ({"not_actual": 1}, Decimal("100.00"))


@pytest.mark.parametrize("other", ["2L,0,001", "0L,0,002"])
def test_totals_of_two_ledgers_or_versions_are_refused(changed, other):
    actual, again = wide(("S", "100.00", "0.00"), ("S", "100.00", "0.00"))
    told = changed("sap_faglflext", rows=[actual, again.replace("0L,0,001", other)])
    assert "where a file may hold one value" in told.refusal


@pytest.mark.parametrize("period", ["000", "0"])
def test_what_the_journal_carries_forward_is_not_of_the_year(changed, period):
    rows = [posted(period=period, amount="9999.00"), posted(number="2")]
    told = changed("sap_acdoca", rows=rows)
    assert (told.by_rule, told.rows[0]["actual_ytd"]) == ({"carried_forward": 1}, Decimal("10.00"))


@pytest.mark.parametrize(
    ("period", "rule"),
    [("X01", "period_no_unreadable"), ("1.5", "period_no_unreadable"), ("", "period_no_missing")],
)
def test_a_journal_s_line_whose_period_cannot_be_read_takes_its_cost_centre_s_out(
    changed, period, rule
):
    bad = posted(period=period, number="2")
    others = [posted(number=str(n)).replace("420100", f"4202{n}") for n in range(30, 60)]
    told = changed("sap_acdoca", rows=[posted(), bad, *others])
    assert told.by_rule == {"part_unreadable": 1, rule: 1}
    assert {row["period_no"] for row in told.rows} == {1}


def page(at, number):
    job = f"HP-01 jsmith 12 [{at} +0100] {number} 2"
    return f"{job} - pc01 letter iso_a4_210x297mm one-sided\n".encode()


def test_a_printer_s_number_that_restarts_on_another_day_is_another_job(reader, tmp_path):
    path = tmp_path / "page_log"
    june = [page("01/Jun/2025:23:59:58", 1), page("01/Jun/2025:23:59:59", 2)]
    path.write_bytes(b"".join([*june, page("02/Jun/2025:00:00:00", 1)]))
    told = reader.read(path)
    assert [(row["_row"], row["pages"]) for row in told.rows] == [(1, 4), (3, 2)]
    assert told.by_rule == {"counted_together": 1}


def test_a_page_whose_day_cannot_be_read_takes_the_pages_of_its_number_out(reader, tmp_path):
    path = tmp_path / "page_log"
    good = [page("01/Jun/2025:09:00:00", 1).replace(b" 12 ", b" %d " % n) for n in range(12, 40)]
    path.write_bytes(b"".join([*good, page("32/Jun/2025:09:00:00", 2)]))
    assert reader.read(path).by_rule == {"job_at_unreadable": 1, "part_unreadable": 1}


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        (",300.00,,", "nothing and nothing and nothing and 300.00"),
        ("300.00,,0,0", "0 and 300.00 and 0 and nothing"),
        (",,,", None),
    ],
)
def test_one_cell_of_a_sum_is_no_sum(changed, cells, held):
    line = "1,1,GBP,JUN-25,2026,3,A,0,{0}.00,0,0,10450,42{0}"
    rows = [line.format(n) for n in range(10, 40)]
    told = changed(
        "oracle_gl_balances", rows=[*rows, f"1,1,GBP,JUN-25,2026,3,A,{cells},10451,4201"]
    )
    aside = [why for _, rule, why in told.aside]
    assert aside == ([f"actual_ytd: '{held}' is not an amount in pounds and pence"] if held else [])
    assert [row["actual_ytd"] for row in told.rows[30:]] == ([] if held else [None])


def test_an_asa_s_line_of_a_session_s_end_that_is_made_otherwise_is_a_fault(changed):
    told = changed("cisco_asa_vpn", ("Username = mjones", "Username = m, jones"))
    assert told.by_rule == {"other_line": 1, "parent_session": 1, "row_shape": 1}


def test_an_issue_of_a_type_that_nobody_named_is_a_fault_and_not_passed_over(changed):
    told = changed(
        "jira_search", (",Service Request,", ",[System] Service request with approvals,"),
        ("ITSD-103,10103,Incident", "ITSD-103,10103,incident"),
    )  # fmt: skip
    assert "[System] Service request with approvals" not in str(told.aside)
    assert "type: 'incident' is not one of the values that the mapping names" in [
        why for _, rule, why in told.aside if rule == "type_unreadable"
    ]


def test_an_export_of_robin_that_holds_cancelled_reservations_is_refused(changed):
    told = changed(
        "robin_desks", ("Checked In\n", "Checked In,Canceled\n"),
        ("True\n", "True,FALSE\n"), ("False\n", "False,TRUE\n"),
    )  # fmt: skip
    assert "'canceled' are unknown" in told.refusal.lower()
