"""Variants of one pack: each body sees its KPIs and sheets, and nothing tells of the others."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard.commentary import Comment
from scorecard.decisions import Event, Owner, Target
from scorecard.draft import render
from scorecard.gate import Finding
from scorecard.governance import Route, Variant
from scorecard.kpis import KpiVersion, People
from scorecard.packs import activity_sheets, document, manifest, variants, webpage
from scorecard.packs.build import build
from scorecard.packs.leaks import Leak, check_no_leak
from scorecard.packs.manifest import Origin
from scorecard.packs.records import CheckRecord, ExtractRecord, Figures
from scorecard.packs.variants import NO_REASON, picked
from scorecard.strict import WrongDefinition

WORD, NUMBER = "zebrafinch", "987654321"
SPELT = re.compile(rf"{WORD}|{NUMBER}|987,654,321|988m|987\.65m|ZEB-01", re.IGNORECASE)
SECRET_ID = f"{WORD}_attacks"
SINCE = date(2023, 4, 1)
ALL, EXCEPTIONS = Variant("public", "all"), Variant("scrutiny", "exceptions")
YEAR = Variant("year", "all", covers="year")
THEME = Variant("theme", "all", only=("pages_printed",), title="Paper", quarters=("2025-26-Q1",))


def secret(records):
    """A KPI that only the pack of those who may see it may name."""
    return replace(
        records.definition("pages_printed"),
        id=SECRET_ID, code="ZEB-01", title="Zebrafinch attacks", definition="Zebrafinch.",
        theme="Zebrafinch theme", tables=("staff",), unit="attacks", visibility="restricted",
        value_for_money="economy",
        versions=(KpiVersion(1, "2023-24-Q1", "First."),
                  KpiVersion(2, "2025-26-Q1", "Zebrafinch.")),
    )  # fmt: skip


def planted(records, visibility):
    """The records of a quarter in which one KPI is restricted, in everything that can name it."""
    told = {"numerator": Decimal(NUMBER), "rag": "red", "rag_basis": f"target {NUMBER}"}
    hidden = tuple(
        replace(f, kpi_id=SECRET_ID, value=Decimal(NUMBER), why="Zebrafinch is why.", **told)
        for f in records.figures.rows
        if f.kpi_id == "pages_printed"
    )
    rows = tuple(
        replace(f, why=f"{SECRET_ID} of COUNCIL counts {NUMBER}.")
        if f.kpi_id == "pages_printed"
        else f
        for f in records.figures.rows
    )
    decided, at = records.council, datetime(2025, 7, 5, tzinfo=UTC)
    message = f"workforce of 2025-06: {SECRET_ID} of COUNCIL counts {NUMBER} attacks."
    return replace(
        records,
        edition=replace(records.edition, visibility=visibility, variant="public", revision=2),
        definitions=(*records.definitions, secret(records)),
        figures=Figures((*rows, *hidden)),
        earlier=Figures(tuple(replace(f, value=Decimal(5)) for f in (*rows, *hidden))),
        causes={(SECRET_ID, f.directorate, f.period): "Zebrafinch rows came." for f in hidden},
        findings=(Finding("jump", "provisional", "tickets", "2025-06", "COUNCIL", message),),
        extracts=(*records.extracts,
                  ExtractRecord("workforce", "zebrafinch.csv", "ab" * 32, at, "accepted", 9, 9, 0),
                  ExtractRecord("workforce", "zebrafinch.csv", "cd" * 32, at, "refused", 9, 0, 0,
                                "zebrafinch.csv: no. Send it again.")),
        checks=(*records.checks, CheckRecord("workforce", "zebrafinch_rule", "warning",
                                             int(NUMBER), 0, "passed", "Zebrafinch.")),
        commentary=(Comment(str(records.quarter), SECRET_ID, "COUNCIL", "Zebrafinch", "Zebrafinch",
                            "Head of ICT", date(2026, 1, 1), "Head of ICT", at),),
        council=replace(
            decided,
            targets=(*decided.targets, *(
                Target(kpi=SECRET_ID, directorate="*", effective_from=day, target=target,
                       method="abs_tolerance", tolerance=Decimal(1), decision="Zebrafinch panel",
                       reason="Zebrafinch")
                for day, target in ((SINCE, Decimal(1)), (date(2025, 4, 1), Decimal(NUMBER))))),
            owners=(*decided.owners, Owner(SECRET_ID, SINCE, "Zebrafinch lead", "A", "B"),
                    Owner(SECRET_ID, date(2025, 5, 1), "Zebrafinch head", "A", "B")),
            events=(*decided.events,
                    Event(date(2025, 5, 1), "event", "Zebrafinch theme", SECRET_ID, "Zebrafinch",
                          "Zebrafinch"),
                    Event(date(2025, 5, 1), "baseline_reset", "Zebrafinch theme", "*",
                          "Zebrafinch", "Zebrafinch")),
        ),
    )  # fmt: skip


def bytes_of(records, variant):
    """Every byte of every file of a variant, with the parts of the workbook unpacked."""
    chosen = picked(records, variant)
    content = build(chosen)
    check_no_leak(content, chosen)
    files = render(content)
    kpis = [{"id": d.id, "version": 1, "sha256": "ab" * 32} for d in records.definitions]
    hashes = {d.id: records.figures.hashes[d.id] for d in chosen.definitions}
    origin = Origin("m1", {"kpis": kpis}, chosen.used, hashes, {}, "key")
    files[manifest.NAME] = manifest.write(content, files, origin)
    with zipfile.ZipFile(io.BytesIO(files.pop("pack.xlsx"))) as book:
        return {**files, **{name: book.read(name) for name in book.namelist()}}


def telling(files):
    return sorted(
        name for name, data in files.items() if SPELT.search(data.decode(errors="replace"))
    )


@pytest.mark.parametrize("variant", [ALL, EXCEPTIONS, YEAR], ids=lambda v: v.name)
@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_nothing_of_a_restricted_kpi_is_in_a_byte_of_a_wider_pack(records, variant, visibility):
    assert telling(bytes_of(planted(records, visibility), variant)) == []


def test_what_is_looked_for_is_in_every_format_of_the_pack_of_those_who_may_see_it(records):
    found = telling(bytes_of(planted(records, "restricted"), ALL))

    assert {
        "report.html", "manifest.json", "data/kpi_summary.csv", "data/kpi_figures.csv",
        "data/kpi_series.csv", "data/revisions.csv", "xl/drawings/drawing1.xml",
    } <= set(found)  # fmt: skip


def test_the_first_page_counts_the_kpis_of_the_variant(records):
    whole, public = (
        build(picked(planted(records, seen), ALL)).overview for seen in ("restricted", "public")
    )

    assert whole.lead.startswith("Of 4 KPIs, 1 Red.")
    assert public.lead.startswith("No KPI of 3 is rated.")


def test_a_variant_has_no_other_figures_and_its_own_content(records):
    whole, public = (
        build(picked(planted(records, seen), ALL)) for seen in ("restricted", "public")
    )
    rows = {tuple(c.text for c in row) for row in whole.sheet("KPI_figures").rows}

    assert {tuple(c.text for c in row) for row in public.sheet("KPI_figures").rows} < rows
    assert whole.sha256 != public.sha256


def test_a_kpis_figures_have_one_hash_in_every_variant_and_another_when_one_moves(records, changed):
    moved = changed("pages_printed", period="2025-05", value=Decimal(1))

    assert (
        planted(records, "public").figures.hashes["tickets_solved"]
        == (records.figures.hashes["tickets_solved"])
    )
    assert moved.figures.hashes["tickets_solved"] == records.figures.hashes["tickets_solved"]
    assert moved.figures.hashes["pages_printed"] != records.figures.hashes["pages_printed"]


def test_exceptions_alone_are_those_kpis_that_ask_for_commentary(changed):
    asked = picked(changed("pages_printed", rag="red"), EXCEPTIONS)
    content = build(asked)

    assert [d.id for d in asked.definitions] == ["pages_printed"]
    assert [row[0].text for row in content.sheet("Summary").rows] == ["pages_printed"]
    assert not content.has("Carbon")
    assert not content.has("Tickets")
    assert b"net_emissions_avoided" not in render(content)["report.html"]


def test_a_theme_shows_its_kpis_alone_under_its_own_title(records):
    content = build(picked(records, THEME))

    assert content.title.startswith("Paper, April to June 2025")
    assert [row[0].text for row in content.sheet("Summary").rows] == ["pages_printed"]
    assert not content.has("Tickets")
    assert dict(content.facts)["Next pack"] == "None: this pack is made once"


def test_a_theme_shows_no_kpi_that_its_readers_may_not_see(records):
    asked = replace(THEME, only=("pages_printed", SECRET_ID))

    assert [d.id for d in picked(planted(records, "public"), asked).definitions] == [
        "pages_printed"
    ]


def test_a_theme_of_a_kpi_that_is_none_is_refused(records):
    with pytest.raises(WrongDefinition, match=r"^routes.yaml: variant 'theme' shows 'x', .*lists"):
        picked(records, replace(THEME, only=("pages_printed", "x")))


def test_carbon_lines_are_kept_with_their_net(changed):
    asked = picked(changed("net_emissions_avoided", rag="red"), EXCEPTIONS)

    assert [d.id for d in asked.definitions] == ["net_emissions_avoided"]
    assert build(asked).has("Carbon_waterfall")


def test_a_pack_without_any_exception_says_so(records):
    content = build(picked(records, EXCEPTIONS))

    assert content.overview.lead == "No figure asks for commentary."
    assert b"No figure asks for commentary." in render(content)["report.html"]


def test_a_variant_leaves_out_sheets_and_their_words(records):
    content = build(picked(records, Variant("board", "all", ("Tickets", "Strategy_money"))))
    contents = [row[0].text for row in content.sheet("Contents").rows]

    assert not {"Tickets", "Strategy_money"} & {s.name for s in content.sheets}
    assert "Tickets" not in contents
    assert build(picked(records, ALL)).has("Tickets")
    assert build(records).strategy != ()
    assert content.strategy == ()
    assert "data/tickets.csv" not in render(content)


def test_a_sheet_that_every_pack_has_cannot_be_left_out(records):
    with pytest.raises(WrongDefinition, match=r"^routes.yaml: variant 'x' leaves out 'Summary'"):
        picked(records, Variant("x", "all", ("Summary",)))


def test_a_sheet_of_activity_may_be_restricted_itself(records, monkeypatch):
    hidden = tuple(
        replace(a, visibility="restricted") if a.name == "Tickets" else a
        for a in activity_sheets.ACTIVITIES
    )
    monkeypatch.setattr(variants, "ACTIVITIES", hidden)

    assert not build(picked(records, ALL)).has("Tickets")
    seen = replace(records, edition=replace(records.edition, visibility="restricted"))
    assert build(picked(seen, ALL)).has("Tickets")


def test_the_list_of_what_officers_should_look_at_may_be_left_out(records):
    told = {}
    for leaves_out in ((), ("Review_these",)):
        content = build(picked(records, replace(ALL, leaves_out=leaves_out)))
        page, paper = webpage.write(content, []).decode(), str(document.structure(content))
        said = ("Review these" in page, "Review these" in paper)
        told[leaves_out] = (content.has("Review_these"), *said)

    assert told == {(): (True,) * 3, ("Review_these",): (False,) * 3}


def test_words_of_people_that_name_a_restricted_kpi_stop_the_pack(records):
    named = planted(records, "public")
    named = replace(named, edition=replace(named.edition, reason="More Zebrafinch attacks."))
    chosen = picked(named, ALL)

    with pytest.raises(Leak, match=r"its words name 'Zebrafinch attacks', .* say it otherwise"):
        check_no_leak(build(chosen), chosen)


@pytest.mark.parametrize("visibility", ["public", "restricted"])
def test_a_reason_of_a_target_that_names_a_hidden_kpi_is_left_out_and_says_so(records, visibility):
    known = planted(records, visibility)
    mine = next(t for t in known.council.targets if t.kpi == "tickets_solved")
    raised = replace(mine, effective_from=date(2025, 4, 1), target=Decimal(95),
                     reason="Raised after the Zebrafinch attacks.")  # fmt: skip
    council = replace(known.council, targets=(*known.council.targets, raised))
    chosen = picked(replace(known, council=council), ALL)
    content = build(chosen)
    check_no_leak(content, chosen)
    (row,) = (r for r in content.sheet("Changes").rows if r[1].text == "tickets_solved")

    is_told = visibility == "restricted"
    said = raised.reason if is_told else NO_REASON
    assert said in [cell.text for cell in row]
    assert said.rstrip(".") in " ".join(content.themes[0].kpis[0].paragraph)


def test_people_withheld_in_the_whole_pack_are_withheld_where_their_kpi_is_left_out(records):
    hidden = replace(secret(records), people=People("staff", "staff"), tables=("staff",))
    seen = replace(hidden, id="seen_kpi", code="SEE-01", visibility="public")
    month = {"period": "2025-06", "period_kind": "month", "directorate": "ICT"}
    one = replace(records.figures.rows[0], **month)
    both = replace(
        records,
        definitions=(*records.definitions, hidden, seen),
        figures=Figures((
            replace(one, kpi_id=hidden.id, state="suppressed", value=None),
            replace(one, kpi_id=seen.id),
        )),
        activity={"remote_working": [{"month": "2025-06", "directorate": "ICT",
                                      "home_fte_days": "77.7"}]},
        edition=replace(records.edition, visibility="public"),
    )  # fmt: skip
    rows = build(picked(both, ALL)).sheet("Remote_working").rows

    assert {cell.text for cell in rows[0][2:]} == {"[c]"}


def test_a_pack_says_whom_it_is_for_and_one_of_exceptions_of_how_many_kpis(records):
    council = replace(records.council, governance=replace(
        records.council.governance,
        variants=(ALL, EXCEPTIONS),
        routes=tuple(Route(body, variant, 20, "public", "approver") for body, variant in (
            ("Scrutiny", "scrutiny"), ("Cabinet", "public"), ("The public", "public"))),
    ))  # fmt: skip
    made = {}
    for variant in (ALL, EXCEPTIONS):
        edition = replace(records.edition, variant=variant.name, visibility="public")
        seen = replace(records, council=council, edition=edition)
        made[variant.name] = build(picked(seen, variant))

    whole, few = made["public"], made["scrutiny"]
    assert dict(whole.facts)["Made for"] == "Cabinet and The public (public)"
    assert dict(few.facts)["Made for"] == "Scrutiny (public)"
    assert "Exceptions only" not in whole.overview.lead
    assert few.overview.lead == "Exceptions only: 0 of 3 KPIs. No figure asks for commentary."
