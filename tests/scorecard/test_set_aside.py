"""The list of an extract's rows set aside is read as it was written, as far as a page shows it."""

import pyarrow as pa
import pyarrow.parquet as pq

from scorecard.set_aside import AsideRow, rows_of


def keep(stores, count):
    rows = {"row": list(range(1, count + 1)), "rule": ["a_rule"] * count, "why": ["broken"] * count}
    with stores.objects.workroom() as folder:
        pq.write_table(pa.table(rows), folder / "aside.parquet")
        stores.objects.put(folder / "aside.parquet", "aside/7.parquet")


def test_the_first_rows_are_read_and_no_more(stores):
    keep(stores, 3)

    assert rows_of(stores, 7, most=2) == (
        AsideRow(1, "a_rule", "broken"),
        AsideRow(2, "a_rule", "broken"),
    )


def test_a_list_that_is_empty_or_gone_has_no_rows(stores):
    keep(stores, 0)

    assert rows_of(stores, 7) == rows_of(stores, 8) == ()
