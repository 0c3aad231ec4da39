import pytest
from given import NOW, bookings, incidents, ledger, tickets

from scorecard import intake, lookups
from scorecard.admission import Refused
from scorecard.intake import Arrived, lots_of, ready, stage, stage_lot
from scorecard.looking_up import resolved
from scorecard.lots import good_rows
from scorecard.workbench import workbench


@pytest.fixture
def bench(limits):
    with workbench(limits, lookups.read(limits.council, b"a key for tests only")) as place:
        yield place


def arrived(folder, content, name="extract.csv"):
    path = folder / "0123abcd"
    path.write_text(content)
    return Arrived(path, name, NOW)


def good(bench, staged, query):
    return bench.connection.execute(
        f"select {query} from ({resolved(good_rows(staged.lot), staged.mapping)}) order by 1"
    ).fetchall()


def test_a_file_is_read_mapped_numbered_and_looked_up(bench, tmp_path):
    content = incidents({"number": "INC1", "caller_id.department": "environment and place"})
    staged = stage(bench, 1, arrived(tmp_path, content))
    assert (staged.name, staged.mapping.system) == ("extract.csv", "servicenow_incident")
    assert (staged.rows_received, staged.control_total) == (1, None)
    assert good(bench, staged, "_row, ticket_id, directorate, _month") == [
        (2, "INC1", "PLA", "2025-06")
    ]


def test_a_person_is_a_pseudonym_before_anything_is_written(bench, tmp_path):
    staged = stage(bench, 1, arrived(tmp_path, bookings({"Booking ID": "1"})))
    ((person,),) = good(bench, staged, "person_pseud")
    assert len(person) == 32
    assert "jsmith12" not in person


@pytest.mark.parametrize(("most", "where"), [(10_000_000, "memory"), (0, "packed")])
def test_rows_of_a_large_file_are_packed_and_read_like_those_of_a_small_one(
    bench, tmp_path, monkeypatch, most, where
):
    monkeypatch.setattr(intake, "_LARGE_BYTES", most)
    lines = incidents(*tickets(3)).splitlines(keepends=True)
    content = "".join([*lines[:2], "a row,of three,cells\n", *lines[2:]])
    staged = stage(bench.place(), 1, arrived(tmp_path, content))
    found = "select database_name from duckdb_tables() where table_name = 'rows_1'"

    assert bench.connection.execute(found).fetchall() == [(where,)]
    assert good(bench, staged, "_row, ticket_id") == [
        (2, "INC0000001"), (4, "INC0000002"), (5, "INC0000003")
    ]  # fmt: skip
    assert bench.connection.execute("select row, rule from aside_1").fetchall() == [
        (3, "row_shape")
    ]


def test_a_file_of_which_no_row_can_be_read_is_staged_and_judged_later(bench, tmp_path):
    staged = stage(bench, 1, arrived(tmp_path, incidents(*tickets(3, priority="P9"))))
    assert (staged.rows_received, good(bench, staged, "_row")) == (3, [])


def test_what_cannot_be_looked_up_is_set_aside_once(bench, tmp_path):
    content = incidents({"number": "INC1", "caller_id.department": "O'Hara's Unit"})
    stage(bench, 1, arrived(tmp_path, content))
    assert bench.connection.execute("from aside_1").fetchall() == [
        (1, 2, "directorate_unknown",
         "directorate: 'O'Hara's Unit' is not in the council's list of directorates")
    ]  # fmt: skip


def test_several_files_lie_side_by_side(bench, tmp_path):
    first = stage(bench, 1, arrived(tmp_path, incidents(*tickets(2), "short\n")))
    second = stage(bench, 2, arrived(tmp_path, incidents(*tickets(3))))
    assert len(good(bench, first, "_row")) == 2
    assert len(good(bench, second, "_row")) == 3


def staged_together(bench, tmp_path, *contents):
    files = []
    for n, content in enumerate(contents, start=1):
        path = tmp_path / f"{n}.csv"
        path.write_text(content)
        files.append(ready(bench, n, Arrived(path, path.name, NOW), tmp_path))
    return [stage_lot(bench, lot) for lot in lots_of(files)]


def test_files_of_one_layout_are_read_together_and_each_row_keeps_its_number(bench, tmp_path):
    unknown = incidents(*tickets(1), {"number": "INC9", "caller_id.department": "Nowhere"})
    ((first, second, third),) = staged_together(
        bench, tmp_path, incidents(*tickets(2)), unknown, incidents(*tickets(3))
    )
    assert [file.rows_received for file in (first, second, third)] == [2, 2, 3]
    assert {file.lot for file in (first, second, third)} == {1}
    assert sorted(good(bench, first, "_file, _row")) == [
        (1, 2),
        (1, 3),
        (2, 2),
        (3, 2),
        (3, 3),
        (3, 4),
    ]
    assert bench.connection.execute("select file, row, rule from aside_1").fetchall() == [
        (2, 3, "directorate_unknown")
    ]


def test_each_ledger_of_a_lot_keeps_the_total_that_it_states(bench, tmp_path):
    files = []
    for n, total in enumerate((100, 250), start=1):
        path = ledger(tmp_path / f"{n}.xlsx", {}, total=total)
        files.append(ready(bench, n, Arrived(path, path.name, NOW), tmp_path))
    (staged,) = [stage_lot(bench, lot) for lot in lots_of(files)]
    assert [int(file.control_total) for file in staged] == [100, 250]
    assert good(bench, staged[0], "_file, control_total::int") == [(1, 100), (2, 250)]


@pytest.mark.parametrize("odd", ["short\n", ""])
def test_a_file_with_misshapen_rows_or_none_is_looked_at_by_itself(bench, tmp_path, odd):
    rows = tickets(2) if odd else []
    (found,) = staged_together(bench, tmp_path, incidents(*tickets(2)), incidents(*rows, odd))
    assert found is None


def test_files_of_other_layouts_and_with_blank_lines_are_lots_of_their_own(bench, tmp_path):
    blank = incidents(*tickets(1)) + "\n" + incidents(*tickets(1)).split("\n", 1)[1]
    found = staged_together(
        bench, tmp_path, incidents(*tickets(1)), bookings({"Booking ID": "1"}), blank
    )
    assert len(found) == 3


def test_a_refusal_names_the_file_as_its_sender_does(bench, tmp_path):
    with pytest.raises(Refused, match=r"^incidents of June.csv: the file is empty"):
        stage(bench, 1, arrived(tmp_path, "", "incidents of June.csv"))


@pytest.mark.parametrize("name", [f"{'é' * 140}.csv", f"{'U+202E' * 50}.csv", "..", "."])
def test_a_file_with_a_long_or_strange_name_is_read_as_any_other(bench, tmp_path, name):
    staged = stage(bench, 1, arrived(tmp_path, incidents({"number": "INC1"}), name))
    assert (staged.name, staged.rows_received) == (name, 1)


def test_nothing_is_left_when_the_work_is_done(limits, tmp_path):
    with workbench(limits, lookups.read(limits.council, b"key")) as bench:
        stage(bench, 1, arrived(tmp_path, incidents(*tickets(2))))
        folder = bench.folder
        assert folder.exists()
    assert not folder.exists()


def test_the_workbench_keeps_to_its_limits(bench, limits):
    asked = "select current_setting('memory_limit'), current_setting('threads')"
    memory, threads = bench.connection.execute(asked).fetchall()[0]
    assert (memory, threads) == ("152.5 MiB", limits.threads)


def test_a_refusal_of_a_file_with_a_long_name_names_it_whole(bench, tmp_path):
    """The public pack takes the name out, which it finds only whole."""
    name = "Ruth Smith " + "x" * 240 + ".csv"
    path = tmp_path / "as kept"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(Refused) as refused:
        stage(bench, 1, Arrived(path, name, NOW))
    assert str(refused.value).startswith(f"{name}: the archive is broken off")
