"""A KPI's definition, its value and its rounding."""

from contextlib import nullcontext
from decimal import Decimal

import pytest

from scorecard.kpis import exact_value, load, rounded
from scorecard.period import period_named
from scorecard.strict import WrongDefinition

YAML = """\
id: calls_answered
code: TKT-99
title: Calls answered
definition: Of the calls in the period, the share answered.
theme: Service desk
tables: [tickets]
unit: percent
decimals: 1
better: higher
accumulation: discrete
direction: same_period_last_year
kind: ratio
versions:
  - {version: 2, from: 2025-26-Q1, why: Calls given up in ten seconds no longer count.}
  - {version: 1, from: 2023-24-Q1, why: First published.}
"""


def jump(table="tickets", of="numerator", under="0.5"):
    """The line of a test for jumps."""
    return f"jump: {{table: {table}, of: {of}, what: x, under: {under}, over: 3, base: 1}}\n"


@pytest.fixture
def loaded(tmp_path):
    def load_with(old="", new="", sql="calls_answered.sql"):
        (tmp_path / "calls_answered.yaml").write_text(YAML.replace(old, new), encoding="utf-8")
        (tmp_path / sql).write_text("select 1", encoding="utf-8")
        return load(tmp_path)

    return load_with


def test_a_kpi_is_read_with_every_key_in_its_type(loaded):
    kpi = loaded()["calls_answered"]

    assert (kpi.decimals, kpi.tables, kpi.quarterly_only) == (1, ("tickets",), False)
    assert [(v.version, v.starts) for v in kpi.versions] == [(2, "2025-26-Q1"), (1, "2023-24-Q1")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "kind: ratio\n",
            "kind: ratio\n" + jump(table="ledger", of="numerator", under="0.5"),
            "calls_answered.yaml: jump: table 'ledger' is unknown. Use one of tickets.",
        ),
        (
            "kind: ratio\n",
            "kind: ratio\n" + jump(table="tickets", of="share", under="0.5"),
            "jump: of 'share' is unknown. Use one of numerator, denominator.",
        ),
        (
            "kind: ratio\n",
            "kind: ratio\n" + jump(table="tickets", of="numerator", under="1"),
            "jump: under 1 and over 3 do not lie on either side of 1, the usual month.",
        ),
        ("theme: Service desk\n", "", "calls_answered.yaml: 'theme' is missing. Add it."),
        ("theme:", "topic:", "calls_answered.yaml: unknown key 'topic'"),
        ("decimals: 1", "decimals: one", "calls_answered.yaml: decimals: 'one' is not a whole"),
        ("better: higher", "better: bigger", "calls_answered.yaml: better 'bigger' is unknown"),
        ("kind: ratio", "kind: ratio\nvalue_for_money: thrift", "value_for_money 'thrift' is unkn"),
        ("kind: ratio", "kind: ratio\nkind: count", "calls_answered.yaml: line 1: 'kind' stands"),
        (
            "kind: ratio",
            "kind: ratio\nrests_on: luck",
            "calls_answered.yaml: rests_on 'luck' is no",
        ),
        ("id: calls_answered", "id: calls", "calls_answered.yaml: id is 'calls'"),
        (
            "kind: ratio",
            "kind: ratio\npeople: {group: callers, size: calls}",
            "calls_answered.yaml: people: size 'calls' is unknown. Use one of staff, remote_staff,",
        ),
        (
            "kind: ratio",
            "kind: ratio\npeople: {group: callers, size: staff, counts: calls}",
            "calls_answered.yaml: people: counts 'calls' is unknown. Use one of numerator.",
        ),
        (
            "kind: ratio",
            "kind: ratio\npeople: {size: staff}",
            "calls_answered.yaml: people: 'group' is missing. Add it.",
        ),
        (
            "kind: ratio",
            "kind: ratio\npeople: true",
            "calls_answered.yaml: people: 'true' is no list of keys.",
        ),
        (
            "kind: ratio",
            "kind: count\npeople: {group: callers, size: denominator}",
            "calls_answered.yaml: people: size 'denominator' is of a ratio or a statistic",
        ),
        ("from: 2025-26-Q1", "from: 2025-Q1", "calls_answered.yaml: versions: '2025-Q1' is not"),
        ("from: 2025-26-Q1", "from: 2022-23-Q1", "a higher version must begin in a later quarter"),
        ("version: 2,", "number: 2,", r"calls_answered.yaml: versions\[1\]: unknown key 'number'"),
    ],
)
def test_a_definition_that_cannot_be_used_names_file_and_key(loaded, old, new, words):
    with pytest.raises(WrongDefinition, match=words):
        loaded(old, new)


def test_words_and_sql_stand_side_by_side(loaded):
    with pytest.raises(WrongDefinition, match=r"calls_answered.yaml: has no calls_answered.sql"):
        loaded(sql="calls_lost.sql")


def test_sql_without_words_is_refused(loaded, tmp_path):
    (tmp_path / "orphan.sql").write_text("select 1", encoding="utf-8")

    with pytest.raises(WrongDefinition, match=r"orphan.sql: has no orphan.yaml"):
        loaded()


def test_a_past_period_keeps_its_version(loaded):
    kpi = loaded()["calls_answered"]
    keys = ["2023-04", "2025-03", "2025-04", "2025-26-Q1", "2024-25-Q4-YTD", "2019-04"]

    assert [kpi.version_for(period_named(key)) for key in keys] == [1, 1, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("kind", "unit", "numerator", "denominator", "expected"),
    [
        ("ratio", "percent", 2, 3, "66.7"),
        ("ratio", "percent", 1, 2000, "0.1"),
        ("ratio", "percent", 9, 20000, "0.0"),
        ("ratio", "percent", -1, 2000, "-0.1"),
        ("ratio", "percent", -4, 10000, "0.0"),
        ("ratio", "pages", 7, 4, "1.8"),
        ("ratio", "pence", 7, 200, "3.5"),
        ("count", "tickets", 7, 1, "7.0"),
        ("statistic", "hours", "4.25", 9, "4.3"),
    ],
)
def test_a_value_is_divided_and_rounded_once_half_up(
    loaded, kind, unit, numerator, denominator, expected
):
    kpi = loaded("unit: percent", f"unit: {unit}")["calls_answered"]
    object.__setattr__(kpi, "kind", kind)
    value = exact_value(kpi, Decimal(numerator), Decimal(denominator))

    assert str(rounded(value, 1)) == expected


KEYS = ("2026-03", "2025-26-Q3", "2025-26-Q4", "2025-26-Q4-YTD", "2025-26-Q3-R12", "2025-26-Q4-R12")


@pytest.mark.parametrize(
    ("old", "new", "measured"),
    [
        ("", "", KEYS[:4]),
        ("accumulation: discrete", "accumulation: year_to_date", KEYS[:4]),
        ("accumulation: discrete", "accumulation: snapshot", KEYS[:4]),
        ("kind: ratio", "kind: ratio\nquarterly_only: true", KEYS[1:4]),
        ("accumulation: discrete", "accumulation: rolling_12", KEYS[4:]),
        ("kind: ratio", "kind: ratio\nannual: true", KEYS[5:]),
        ("kind: ratio", "kind: carbon\nquarterly_only: true", KEYS[1:]),
    ],
)
def test_a_kpi_has_figures_for_the_periods_of_its_accumulation(loaded, old, new, measured):
    kpi = loaded(old, new)["calls_answered"]

    assert tuple(key for key in KEYS if kpi.is_measured_for(period_named(key))) == measured


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", {}),
        (
            "accumulation: discrete",
            "accumulation: rolling_12",
            {"2025-26-Q4-YTD": "It covers the twelve months that end with a quarter, not a year"},
        ),
        (
            "kind: ratio",
            "kind: ratio\nannual: true",
            {
                "2025-26-Q3": "It is measured once a year, at its end: next with 2025-26-Q4.",
                "2025-26-Q4-YTD": "It is measured once a year, at its end: next with 2025-26-Q4.",
            },
        ),
    ],
)
def test_where_a_reader_looks_for_a_figure_that_is_not_there_the_reason_stands(
    loaded, old, new, said
):
    kpi = loaded(old, new)["calls_answered"]
    found = {key: kpi.why_not(period_named(key)) for key in KEYS}

    assert {key: why[: len(said.get(key, ""))] for key, why in found.items() if why} == said


@pytest.mark.parametrize(
    ("old", "new", "headlines"),
    [
        ("", "", ("2025-26-Q3", "2025-26-Q4", "2025-26-Q4-YTD", "2026-03")),
        (
            "accumulation: discrete",
            "accumulation: rolling_12",
            ("2025-26-Q3-R12", "2025-26-Q4-R12", "2025-26-Q4-YTD", "2026-03"),
        ),
        (
            "kind: ratio",
            "kind: ratio\nannual: true",
            ("2025-26-Q3", "2025-26-Q4-R12", "2025-26-Q4-YTD", "2026-03"),
        ),
    ],
)
def test_the_figure_of_a_longer_period_stands_for_the_quarter_that_ends_it(
    loaded, old, new, headlines
):
    kpi = loaded(old, new)["calls_answered"]
    asked = ("2025-26-Q3", "2025-26-Q4", "2025-26-Q4-YTD", "2026-03")

    assert tuple(map(kpi.headline_of, asked)) == headlines


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("", "", None),
        ("forecast: outturn", "forecast: luck", "calls_answered.yaml: forecast 'luck' is no KPI"),
        ("forecast: outturn", "forecast: calls_answered", "'calls_answered' has a forecast itself"),
        ("unit: percent", "unit: gbp", "forecast 'outturn' counts percent, not gbp. Name a KPI of"),
    ],
)
def test_a_forecast_is_another_kpi_of_the_same_unit(loaded, tmp_path, old, new, words):
    (tmp_path / "outturn.yaml").write_text(YAML.replace("calls_answered", "outturn"))
    (tmp_path / "outturn.sql").write_text("select 1")
    text = YAML.replace("kind: ratio", "kind: ratio\nforecast: outturn")

    with pytest.raises(WrongDefinition, match=words) if words else nullcontext():
        loaded(YAML, text.replace(old, new))
