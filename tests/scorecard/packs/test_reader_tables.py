"""Tables as readers meet them: fewer columns and rows than the workbook, and the same numbers."""

from dataclasses import replace

from carbon_records import ROLLING, all_figures, figure, with_carbon

from scorecard.packs import reader_tables
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import NET
from scorecard.packs.evidence_sheets import PROVENANCE
from scorecard.packs.tables import figure as number
from scorecard.packs.tables import sheet, words


def told(content, *rows):
    """The content with these extracts: source, file, rows received, accepted and set aside."""
    made = [
        (words(source), words(file), words("00ff"), words("1 July 2025, 9:00am"),
         *(words("[x]") if n is None else number(n) for n in counts))
        for source, file, *counts in rows
    ]  # fmt: skip
    mine = sheet("Provenance", "Where the figures come from", PROVENANCE, made)
    others = (each for each in content.sheets if each.name != "Provenance")
    return replace(content, sheets=(*others, mine))


def cells(table):
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_provenance_adds_up_what_each_source_sent_and_says_where_every_hash_is(content):
    made = told(content, ("budget", "a.csv", 10, 9, 1), ("budget", "b.csv", 1_000, 1_000, 0),
                ("tickets", "c.csv", 5, 5, 0))  # fmt: skip
    table = reader_tables.provenance(made)

    assert cells(table) == [
        ("budget", "2", "1 July 2025, 9:00am", "1,010", "1,009", "1"),
        ("tickets", "1", "1 July 2025, 9:00am", "5", "5", "0"),
    ]
    assert "provenance.csv" in " ".join(table.remarks)


def test_a_count_that_one_extract_lacks_is_not_known_of_the_source(content):
    table = reader_tables.provenance(
        told(content, ("budget", "a.csv", None, 9, 1), ("budget", "b.csv", 10, 10, 0))
    )
    assert cells(table)[0][3:] == ("[x]", "19", "1")


def test_without_extracts_provenance_says_none(content):
    assert cells(reader_tables.provenance(told(content)))[0][0] == "None"


def test_the_effects_are_those_of_the_council_in_the_period_of_the_headline(records):
    own = figure(NET, ROLLING, directorate="HR")
    content = build(with_carbon(records, *all_figures(), own))
    table = reader_tables.effects(content)

    assert table.title == "What staff did, and what the factors did, July 2024 to June 2025"
    assert table.columns == ("Component", "Apparent change", "Activity effect", "Factor effect")
    names = [row[0] for row in cells(table)]
    assert names == list(dict.fromkeys(names))
    assert names[-1] == "Net avoided"


def test_a_pack_that_tells_nothing_of_carbon_has_no_effects(content):
    others = tuple(each for each in content.sheets if each.name != "Carbon_effects")
    assert reader_tables.effects(replace(content, sheets=others)) is None
