"""A log of keys and values, read with FortiGate's mapping from its bytes to accepted rows."""

import pytest

VPN = (
    'date=2025-06-02 time=16:58:03 devname="FGT" tz="+0100" logid="0101039948" '
    'action="tunnel-down" user="jsmith12" remip=203.0.113.9 tunnelid=77 duration=28110 sentbyte=1'
)


def line(**keys):
    """A line like `VPN` with other values; None leaves a key out, a new key stands at the end."""
    pairs = dict(pair.split("=", 1) for pair in VPN.split(" "))
    pairs.update(keys)
    return " ".join(f"{key}={value}" for key, value in pairs.items() if value is not None)


FAILED = {"action": '"ssl-login-fail"', "tunnelid": "0", "duration": None, "sentbyte": None}
PLAIN = "event_at::varchar, ended_at::varchar, minutes, outcome, source_key, network"


@pytest.fixture
def taken_in(office):
    """Send these lines as a VPN log; the office tells what became of them."""

    def send(*lines):
        office.send("vpn.log", "".join(f"{text}\n" for text in lines), "remote_working")
        office.take_in("remote_working")
        return office

    return send


def accepted(office, columns=PLAIN):
    query = f"select {columns} from accepted order by _row"
    return office.rows(query, "presence_events")


def test_a_session_began_so_many_seconds_before_the_moment_of_its_line(taken_in):
    office = taken_in(VPN)

    assert accepted(office) == [
        ("2025-06-02 08:09:33+00", "2025-06-02 15:58:03+00", 468, "success", "77", "other")
    ]


@pytest.mark.parametrize(
    ("keys", "began"),
    [
        ({"tz": '"+0000"'}, "2025-06-02 09:09:33+00"),
        ({"tz": "+0100"}, "2025-06-02 08:09:33+00"),
        ({"date": "2025-07-01", "time": "01:00:00", "duration": "7200"}, "2025-06-30 22:00:00+00"),
        (
            {"date": "2025-03-30", "time": "02:30:00", "duration": "7200"},
            "2025-03-29 23:30:00+00",
        ),
        (
            {"date": "2024-10-27", "time": "01:30:00", "tz": '"+0000"', "duration": "7200"},
            "2024-10-26 23:30:00+00",
        ),
    ],
)
def test_the_line_says_its_own_zone_also_in_the_nights_when_clocks_change(taken_in, keys, began):
    office = taken_in(VPN, line(tunnelid="78", **keys))

    rows = office.rows(
        "select event_at::varchar from accepted where source_key = '78'", "presence_events"
    )
    assert rows == [(began,)]


def test_a_session_over_midnight_lies_in_the_month_in_which_it_began(taken_in):
    office = taken_in(VPN, line(date="2025-07-01", time="01:00:00", duration="7200", tunnelid="78"))

    assert any("presence_events/2025-06/" in name for name in office.objects())
    assert not any("presence_events/2025-07/" in name for name in office.objects())


def test_a_failed_attempt_has_no_length_and_no_tunnel(taken_in):
    office = taken_in(VPN, line(**FAILED))

    assert accepted(office)[1] == (
        *("2025-06-02 15:58:03+00", "2025-06-02 15:58:03+00"),
        *(0, "failure", None, "other"),
    )


def test_keys_may_stand_in_any_order_and_values_with_or_without_quotation_marks(taken_in):
    office = taken_in(VPN, 'duration="28110" ' + line(duration=None, tunnelid='"78"', user="akhan"))

    first, second = accepted(office, "minutes, outcome, network")
    assert first == second


def test_a_value_in_quotation_marks_may_hold_spaces_and_equals_signs(taken_in):
    office = taken_in(VPN, line(tunnelid="78", reason='"User said: a=b, bye"'))

    assert [key for (key,) in accepted(office, "source_key")] == ["77", "78"]


@pytest.mark.parametrize("length", [*range(36, 44), 5000])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_value_of_any_length_is_read_whole_and_counted_in_letters(taken_in, length, quote):
    key = "é" * length
    office = taken_in(VPN, line(tunnelid=f"{quote}{key}{quote}"))

    assert [found for (found,) in accepted(office, "source_key")] == ["77", key]


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (line(action='"tunnel-stats"'), "session_statistics"),
        (line(action='"tunnel-up"', duration=None), "session_begins"),
        (line(action='"tunnel-up"', duration=None, sentbyte=None), "session_begins"),
        (VPN, "repeated_row"),
        ("Jun 2 16:58:03 fgt vpn", "row_shape"),
        (VPN[:-30], "row_shape"),
        (line(reason='"said user=evil twice"'), "row_shape"),
        (line(duration=None, reason='"x duration=36000 y"'), "row_shape"),
        (line(duration=None, reason='"x duration=36000 y"') + " duration=", "row_shape"),
        (line(user=None, reason='"said user=evil"'), "row_shape"),
        (line() + " user=", "row_shape"),
        (VPN + ' user="evil"', "row_shape"),
        (VPN[: VPN.index(" remip")] + ' remip="203.0.113', "row_shape"),
        (line(date="31/02/2025"), "event_at_unreadable"),
        (line(duration="-5"), "event_at_unreadable"),
        (line(duration="5.5"), "event_at_unreadable"),
        (line(duration="9" * 18), "event_at_unreadable"),
        (line(tz=None), "event_at_missing"),
        (line(user='"N/A"'), "person_pseud_missing"),
        (line(action='"tunnel-moved"'), "outcome_unreadable"),
        (line(duration="604861", tunnelid="78"), "length_plausible"),
    ],
)
def test_a_line_that_is_no_session_is_set_aside_by_its_number_with_the_reason(
    taken_in, broken, rule
):
    good = [line(tunnelid=str(number)) for number in range(100, 107)]
    office = taken_in(VPN, "", broken, *good)

    assert office.refusals() == []
    (extract,) = office.extracts()
    assert office.aside(extract.id) == [(3, rule)]
    assert extract.rows_received == 9


@pytest.mark.parametrize("key", ["home_address", "DEVICE"])
def test_a_key_that_nobody_named_stops_the_extract_wherever_it_stands(taken_in, key):
    good = [line(tunnelid=str(number)) for number in range(100, 2000)]

    assert taken_in(VPN, *good, line(**{key: '"12 High Street"'})).refusals() == [
        f"vpn.log: the key '{key}' is unknown. Export the agreed keys, or map or drop it in "
        "include/sources/fortigate_vpn.yaml."
    ]
    (refused,) = taken_in(line(**{key: "x"}), *good).refusals()[1:]
    assert f"comes closest to fortigate_vpn, but the headings '{key.casefold()}' are unk" in refused


def test_a_log_without_a_key_that_is_read_is_recognised_as_no_system(taken_in):
    (refused,) = taken_in(line(remip=None), line(remip=None)).refusals()

    assert refused.startswith(
        "vpn.log: recognised as no system. It comes closest to fortigate_vpn, but the headings "
        "'remip' are missing."
    )


def test_a_person_is_hashed_and_an_address_is_kept_nowhere(taken_in):
    office = taken_in(VPN, line(tunnelid="78", remip="10.20.3.4"))

    assert accepted(office, "network") == [("other",), ("corporate",)]
    kept = str(accepted(office, "accepted::varchar"))
    assert [word for word in ("jsmith12", "203.0.113", "10.20.3") if word in kept] == []
