from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

import pytest

from scorecard.connectors import cells


class Flag(IntEnum):
    ON = 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("00420100", "00420100"),
        ("a, \"b\"\nc", '"a, ""b""\nc"'),
        (12, "12"),
        (Flag.ON, "1"),
        (True, "true"),
        (False, "false"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.10"), "-0.10"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (1.5e-7, "0.00000015"),
        (date(2025, 6, 2), "2025-06-02"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=31, minutes=2, seconds=3), "31:02:03"),
        (timedelta(seconds=-90), "-00:01:30"),
        (timedelta(microseconds=1500), "00:00:00.001500"),
        (datetime.fromisoformat("2025-06-02 09:05"), "2025-06-02 09:05:00"),
        (datetime.fromisoformat("2025-06-02 09:05:01.000020"), "2025-06-02 09:05:01.000020"),
        (datetime(2025, 6, 2, 9, 5, tzinfo=UTC), "2025-06-02T09:05:00Z"),
        (datetime(2025, 6, 2, 1, tzinfo=timezone(timedelta(hours=1))), "2025-06-02T00:00:00Z"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)  # fmt: skip
def test_a_value_has_one_text(tmp_path, value, text):
    path = tmp_path / "a.csv"
    assert cells.write(path, ["n", "value"], [[(1, value)]], 1000) == 1
    assert path.read_bytes().decode() == f"n,value\n1,{text}\n"


@pytest.mark.parametrize("value", [b"bytes", ["a list"], {"a": "map"}, object()])
def test_a_value_of_another_type_is_named_and_not_guessed(tmp_path, value):
    with pytest.raises(cells.NoText, match=type(value).__name__):
        cells.write(tmp_path / "a.csv", ["value"], [[(value,)]], 1000)


def test_a_column_of_several_types_is_written_value_by_value(tmp_path):
    rows = [(Decimal("1.50"),), (None,), (2,), (True,), ("x",)]
    cells.write(tmp_path / "a.csv", ["value", "n"], [[(*row, 1) for row in rows]], 1000)
    assert (tmp_path / "a.csv").read_text().split() == [
        "value,n", "1.50,1", ",1", "2,1", "true,1", "x,1",
    ]  # fmt: skip


@pytest.mark.parametrize(("most", "fits"), [(9, True), (8, False)])
def test_a_file_may_be_as_large_as_its_limit_and_no_larger(tmp_path, most, fits):
    def write():
        return cells.write(tmp_path / "a.csv", ["n"], [[(1,)], [(22,)], [(3,)]], most)

    if fits:
        assert write() == 3
        assert (tmp_path / "a.csv").stat().st_size == 9
    else:
        with pytest.raises(cells.TooLarge):
            write()
