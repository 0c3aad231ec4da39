import pytest
from given import COLUMNS, PAYMENTS, mapping_of

from scorecard.mapping import load, load_all
from scorecard.sources import TABLES
from scorecard.strict import WrongDefinition
from scorecard.workbench import SOURCES


def test_every_mapping_of_the_product_can_be_used():
    mappings = load_all(SOURCES)
    assert set(mappings) == {path.stem for path in SOURCES.glob("*.yaml")}
    assert {mapping.table for mapping in mappings.values()} == set(TABLES)


@pytest.mark.parametrize("system", load_all(SOURCES))
def test_every_mapping_says_of_every_column_whence_it_comes_or_why_it_does_not(system):
    mapping = load_all(SOURCES)[system]
    known = {column.name for column in mapping.of.columns}
    assert set(mapping.columns) | set(mapping.cannot_map) == known
    assert all(why.endswith(".") for why in mapping.cannot_map.values())


def test_no_two_mappings_read_the_same_headings():
    read = [(m.file.format, frozenset(m.headings)) for m in load_all(SOURCES).values()]
    assert len(set(read)) == len(read)


def test_persons_are_never_dropped_into_a_text_column():
    personal = {"caller_id", "requested_for", "user", "username", "booked by", "employee"}
    for mapping in load_all(SOURCES).values():
        for name, rule in mapping.columns.items():
            if personal & {heading.casefold() for heading in rule.headings}:
                assert mapping.of.column(name).type == "person", (mapping.system, name)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"system: payments": "system: other"}, "system is 'other'. Name it like its file"),
        ({"table: spend": "table: spending"}, "table 'spending' is unknown"),
        ({"meets: by_key": "meets: maybe"}, "meets is 'maybe'. Use one of by_key, whole_month"),
        ({"key_repeats: numbered": "key_repeats: often"}, "key_repeats is 'often'. Use one of"),
        ({"[paid_on]": "[vat_amount]"}, "'vat_amount' identifies or dates a row and is not mapped"),
        ({"  service: not asked here\n": ""}, "'service' is neither mapped nor in cannot_map"),
        ({"  service:": "  colour: x\n  service:"}, "'colour' is no column of spend"),
        ({"cannot_map:\n": "cannot_map:\n  paid_on: twice\n"}, "'paid_on' is no column of spend"),
        ({"{from: [Amount]}": "{from: [Amount], constant: 1}"}, "say where it comes from, once"),
        ({"{from: [Amount]}": "{from: [Amount], numbers: [odd]}"}, "numbers: 'odd' is unknown"),
        ({"{from: [Amount]}": "{from: [Amount], empty: often}"}, "empty is 'often'"),
        ({"{from: [Amount]}": "{from: [Amount], lookup: stars}"}, "lookup is 'stars'"),
        (
            {"{from: [Paid]}": "{from: [Paid], format: ['%d/%m/%Y', '%Y-%m-%d %z']}"},
            "format: a clock's own zone (%z) ends every way of writing it, or none.",
        ),
        ({"version: 1\n": "version: 1\nfile: {format: pdf}\n"}, "file: format is 'pdf'. Use one"),
        ({"{from: [Amount]}": "{form: [Amount]}"}, "unknown key 'form'"),
        ({"version: 1\n": ""}, "'version' is missing"),
        ({"version: 1": "version: one"}, "'one' is not a whole number"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_names_its_file_and_the_mend(tmp_path, changed, message):
    mapping_of(tmp_path, COLUMNS, head=PAYMENTS)
    path = tmp_path / "payments.yaml"
    text = path.read_text()
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "payments.yaml").write_text(text)
    with pytest.raises(WrongDefinition) as wrong:
        load(tmp_path / "payments.yaml")
    assert str(wrong.value).startswith("payments.yaml: ")
    assert message in str(wrong.value)
