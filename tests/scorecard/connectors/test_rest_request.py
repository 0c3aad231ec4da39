"""A request is read strictly, and asks for exactly the month."""

import pytest
from desk import REQUEST

from scorecard.connectors.rest_request import Window, filled, load, of_the_month, params_of
from scorecard.period import Month
from scorecard.strict import WrongDefinition

GOOD = REQUEST.format(
    auth="basic", paging="kind: offset", params=', start: "{offset}"', limits="", extra=""
)


@pytest.fixture
def read(tmp_path):
    def ask(text, name="desk"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        return load(path)

    return ask


def test_a_request_says_all_that_is_asked(read):
    request = read(GOOD)
    assert (request.path, request.auth.kind, request.paging.size) == ("/tickets", "basic", 100)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("system: desk", "system: other", "system is 'other'. Name it like its file, 'desk'."),
        ("path: /tickets", "path: https://a/b", "begins with no /. The host stands in"),
        ("path: /tickets", "path: //a/b", "begins with no /. The host stands in"),
        ("{offset}", "{ofset}", "'{ofset}' is unknown. Use cursor, fin_year, from, month"),
        ("{offset}", "{page}", "paging: offset fills in {offset}. Use it in `params`."),
        ("kind: offset", "kind: cursor", "cursor needs `at`. Add the path"),
        ("kind: offset", "kind: pages", "paging: kind: 'pages' is unknown. Use one of none, off"),
        ("kind: basic", "kind: oauth2", "oauth2 needs token_url. Add the address"),
        ("kind: basic", "kind: basic, verify: false", "unknown key 'verify'. Use only kind,"),
        ("records: value", "headers: {Authorization: x}", "a secret stands in no file. Say it"),
        (
            "records: value",
            'headers: {X: "{offset}"}',
            "headers: {offset} is another on every page",
        ),
        ("limits:", "window: {zone: London}\nlimits:", "'London' is not a time zone. Correct it."),
        ("tries: 4", "tries: 4, page_mb: 64", "'64' is not a whole number from 1 to 16."),
        ('since: "{from}", before: "{until}", ', "", "it asks for no month. Use {from} and"),
        ("records: value", "records: value\nof: now", "it asks for a month, but is `of: now`."),
    ],
)
def test_what_cannot_be_asked_is_refused(read, a, b, words):
    assert a in GOOD
    with pytest.raises(WrongDefinition) as refusal:
        read(GOOD.replace(a, b))
    assert str(refusal.value).startswith("desk.yaml: ")
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("window", "since", "until"),
    [
        (Window(), "2025-06-30T23:00:00Z", "2025-07-31T23:00:00Z"),
        (Window("%Y-%m-%d %H:%M", "Europe/London"), "2025-07-01 00:00", "2025-08-01 00:00"),
        (Window(until="inclusive"), "2025-06-30T23:00:00Z", "2025-07-31T22:59:59Z"),
        (Window(margin_hours=24), "2025-06-29T23:00:00Z", "2025-08-01T23:00:00Z"),
        (Window("epoch"), "1751324400", "1754002800"),
        (Window("epoch_ms"), "1751324400000", "1754002800000"),
    ],
)
def test_the_window_is_written_as_the_service_writes_moments(read, window, since, until):
    from dataclasses import replace

    values = of_the_month(replace(read(GOOD), window=window), Month(2025, 7))
    assert (values["from"], values["until"]) == (since, until)


@pytest.mark.parametrize(
    ("month", "year", "period"),
    [(Month(2025, 4), "2025-26", "1"), (Month(2026, 3), "2025-26", "12")],
)
def test_a_month_is_also_a_period_of_its_financial_year(read, month, year, period):
    values = of_the_month(read(GOOD), month)
    assert (values["fin_year"], values["period_no"]) == (year, period)


def test_only_what_is_named_in_braces_is_filled_in():
    assert filled('{"a": {"b": "{from}"}, "c": {}}', {"from": "x"}) == '{"a": {"b": "x"}, "c": {}}'


def test_a_parameter_that_asks_for_a_cursor_is_left_out_while_there_is_none(read):
    request = read(GOOD.replace('"{offset}"', '"{offset}", cursor: "{cursor}"'))
    values = of_the_month(request, Month(2025, 7)) | {"offset": "0"}
    assert "cursor" not in params_of(request, values | {"cursor": ""})
    assert params_of(request, values | {"cursor": "c"})["cursor"] == "c"
