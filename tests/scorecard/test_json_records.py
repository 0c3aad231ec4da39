"""A record of JSON becomes a row of cells: each found by its path, exactly as it is written."""

from time import perf_counter

import pytest

from scorecard.json_records import NotJson, Shape, Unfit, is_path, parsed, records_of


def row(read, record, drop=()):
    return Shape(read, drop).row(parsed(record.encode()))


@pytest.mark.parametrize(
    ("path", "record", "cell"),
    [
        ("a", '{"a": "x"}', "x"),
        ("a", '{"a": 0012.50}'.replace("00", ""), "12.50"),
        ("a", '{"a": 1e3}', "1e3"),
        ("a", '{"a": 123456789012345678901234567890}', "123456789012345678901234567890"),
        ("a", '{"a": true}', "true"),
        ("a", '{"a": null}', ""),
        ("a.b", '{"a": {"b": "x"}}', "x"),
        ("a.b", '{"a.b": "x"}', "x"),
        ("a.b.c", '{"a.b": {"c": "x"}}', "x"),
        ("a.b", '{"a": null}', ""),
        ("a.b", '{"a": ""}', ""),
        ("a[1].b", '{"a": [{"b": "x"}]}', "x"),
        ("a[2].b", '{"a": [{"b": "x"}]}', ""),
        ("a[n=2].b", '{"a": [{"n": 1, "b": "x"}, {"n": 2, "b": "y"}]}', "y"),
        ("a[n=3].b", '{"a": [{"n": 1, "b": "x"}]}', ""),
    ],
)
def test_a_cell_is_what_stands_at_its_path_as_it_is_written(path, record, cell):
    assert row([path], record, drop=["a"] if "[" in path else ()) == [cell]


@pytest.mark.parametrize(
    ("path", "record", "why"),
    [
        ("a", '{"a": {"b": 1}}', "'a' holds an object, where one value is expected"),
        ("a", '{"a": [1]}', "'a' holds a list, where one value is expected"),
        ("a.b", '{"a": 1}', "'a' holds one value, where keys are expected"),
        ("a[1].b", '{"a": {"b": 1}}', "'a' holds an object, where a list is expected"),
        ("a", '{"a": 1, "a": 2}', "the key 'a' stands twice in the record"),
        ("a.b", '{"a": {"b": 1, "b": 1}}', "the key 'b' stands twice in 'a'"),
        ("a", "[1]", "the record is no object with keys"),
        ("a", '"a"', "the record is no object with keys"),
    ],
)
def test_a_record_that_cannot_be_a_row_says_why_and_quotes_nothing(path, record, why):
    with pytest.raises(Unfit) as told:
        row([path], record)
    assert str(told.value) == why


def test_what_nobody_named_is_remembered_and_what_is_dropped_is_not_looked_at():
    shape = Shape(["a.b", "c[1].d"], ["e", "@odata.type"])
    record = b'{"a": {"b": 1, "x": 2}, "e": {"z": 1, "z": 2}, "@odata.type": 0, "y": 3, "c": [{}]}'
    assert shape.row(parsed(record)) == ["1", ""]
    assert list(shape.unknown) == ["a.x", "y", "c[]"]


def test_a_path_is_seen_where_it_is_null_or_what_holds_it_is():
    shape = Shape(["a.b", "c", "d"], [])
    shape.row(parsed(b'{"a": null, "c": null}'))
    assert shape.seen == {0, 1}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"a": NaN}', "holds NaN, which JSON does not know"),
        (b'{"a": -Infinity}', "holds -Infinity, which JSON does not know"),
        (b'{"a": 1', "is broken off or no JSON (Expecting ',' delimiter, byte 7)"),
        (b"", "is broken off or no JSON (Expecting value, byte 0)"),
        ('{"a": "é"}'.encode("latin-1"), "is not UTF-8 (byte 7)"),
        (b"[" * 100_000, "is nested too deeply"),
        (b"[" + b"[]," * 2_000_000, "has more than 2,000,000 parts"),
    ],
)
def test_what_is_no_json_or_would_fill_memory_is_not_read(body, why):
    with pytest.raises(NotJson) as told:
        parsed(body)
    assert str(told.value) == why


@pytest.mark.parametrize(
    ("said", "path"),
    [({"result": [1]}, "result"), ([1], ""), ({"a": {"b": [1]}}, "a.b"), ({"a.b": [1]}, "a.b")],
)
def test_the_records_of_an_answer_are_the_list_at_their_path(said, path):
    assert records_of(said, path) == [1]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b'{"error": "no"}', "has no list of records at 'value'"),
        (b'{"value": {"a": 1}}', "has no list of records at 'value'"),
        (b'{"value": [], "value": []}', "has the key 'value' twice"),
    ],
)
def test_an_answer_without_a_list_of_records_is_none(said, why):
    with pytest.raises(NotJson) as told:
        records_of(parsed(said), "value")
    assert str(told.value) == why


def test_a_path_has_parts_with_dots_between_them_and_elements_in_brackets():
    assert all(map(is_path, ["a", "a.b", "@odata.type", "a[1]", "a[1].b", "a b[c d=e.f].g"]))
    assert not any(map(is_path, ["", ".", "a.", "a..b", "a[]", "a[b]", "a[0", "a[=b]", "[1]"]))


def test_a_key_that_stands_twice_among_many_is_found_in_one_pass():
    many = ",".join(f'"k{n}": 1' for n in range(50_000))
    begun = perf_counter()
    with pytest.raises(Unfit, match="the key 'k49999' stands twice"):
        row(["a"], f'{{{many}, "k49999": 1}}')
    assert perf_counter() - begun < 5
