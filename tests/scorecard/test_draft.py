"""A measurement becomes a draft: once for the same content, a new revision when a figure moves."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from record import approve
from sqlalchemy import insert, select, text

from scorecard import draft, publish
from scorecard.packs import signature, verification
from scorecard.packs.leaks import Leak
from scorecard.packs.signature import WrongKey
from scorecard.register.models import (
    AcceptedFile,
    Check,
    Extract,
    Figure,
    Measurement,
    MeasurementInput,
    Pack,
)
from scorecard.register.packs import UnknownMeasurement
from scorecard.strict import WrongDefinition

Q = "2025-26-Q1"
KPI = "incidents_resolved_within_sla"
HIDDEN = "Most remote users at once"  # a KPI that the public may not see
RECEIVED = datetime(2025, 7, 4, 6, 30, tzinfo=UTC)
NOW = datetime(2025, 7, 21, 8, tzinfo=UTC)
PUBLIC = signature.public_of(bytes(range(32)))


@pytest.fixture
def measurement(register):
    """Write a measurement with one council figure, its extract and its check."""

    def write(name, value, state="final", received=RECEIVED):
        with register.begin() as connection:
            connection.execute(
                insert(Measurement).values(
                    id=name, quarter=Q, as_at=NOW, measured_at=NOW,
                    identity={
                        "received": {"tickets": {"months": ["2025-04"], "systems": []}},
                        "kpis": [{"id": KPI, "version": 1, "sha256": "ab" * 32}],
                    },
                )
            )  # fmt: skip
            extract = connection.execute(
                insert(Extract)
                .values(
                    source="tickets", sha256=f"{name:0>64}", file_name=f"{name}.csv", bytes=1,
                    received_at=received, state="accepted", table="tickets", rows_received=12,
                    rows_accepted=11, rows_set_aside=1,
                )
                .returning(Extract.id)
            ).scalar_one()  # fmt: skip
            connection.execute(
                insert(MeasurementInput).values(measurement_id=name, extract_id=extract)
            )
            connection.execute(
                insert(AcceptedFile).values(
                    extract_id=extract, table="tickets", month="2025-05", object_id="o",
                    sha256=name, rows=14,
                )
            )  # fmt: skip
            connection.execute(
                insert(Check).values(
                    extract_id=extract, rule="resolved_after_opened", dimension="consistency",
                    severity="warning", rows_checked=12, rows_set_aside=1, result="set aside",
                    why="Nobody resolves a ticket before it was opened.",
                )
            )  # fmt: skip
            connection.execute(
                insert(Figure).values(
                    measurement_id=name, kpi_id=KPI, version=1, period=Q, period_kind="quarter",
                    directorate="COUNCIL", numerator=Decimal(9), denominator=Decimal(12),
                    value=value, state=state, flags=[], why="", target=Decimal(90), rag="red",
                    rag_basis="abs_tolerance: too far", direction="worse", details={},
                )
            )  # fmt: skip
        return name

    return write


def run(stores, name, reason="", now=NOW):
    return Path(draft.run(stores, name, reason, "performance team", now))


def packs_in(register):
    columns = (Pack.revision, Pack.measurement_id, Pack.reason, Pack.folder)
    with register.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Pack.revision))]


@pytest.fixture
def first_draft(stores, measurement, remembered):
    """Draft a measurement `a` of 75.0 in an empty register; the folder comes back."""

    def make(state="final"):
        def do():
            return run(stores, measurement("a", Decimal("75.0"), state))

        return remembered(stores, f"test_draft: {state}", do)

    return make


@pytest.fixture
def first_published(stores, first_draft, remembered):
    """Draft and publish the same; the folder comes back."""

    def make(state="final"):
        def do():
            folder = first_draft(state)
            approve(stores)
            publish.run(stores, Q, "officer", 1, NOW, NOW)
            return folder

        return remembered(stores, f"test_draft: {state}, published", do)

    return make


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


def test_a_draft_is_a_whole_folder_that_verifies(stores, first_draft):
    folder = first_draft()

    assert folder == stores.settings.packs / Q / "officer" / "r1"
    assert {path.name for path in folder.iterdir()} == {
        "pack.xlsx", "report.html", "report.pdf", "accessibility.html", "data", "manifest.json",
        "manifest.json.sig",
    }  # fmt: skip
    assert verification.problems(folder) == []
    assert [path.name for path in folder.parent.iterdir()] == ["r1"]


def test_the_same_content_is_drafted_once(stores, register, first_draft):
    first = first_draft()
    before = bytes_in(first)
    again = run(stores, "a", "no reason to", datetime(2026, 1, 1, tzinfo=UTC))

    assert (again, bytes_in(again)) == (first, before)
    assert len(packs_in(register)) == 1


def test_a_figure_that_moved_makes_a_revision_that_lists_it(
    stores, measurement, register, first_published
):
    first = first_published()
    before = bytes_in(first)
    second = run(stores, measurement("b", Decimal("80.0")), "Late tickets")
    told = json.loads((second / "manifest.json").read_text())

    assert packs_in(register) == [
        (1, "a", "", f"{Q}/officer/r1"),
        (2, "b", "Late tickets", f"{Q}/officer/r2"),
    ]
    assert told["supersedes"] == 1
    assert told["revisions"] == [
        {"kpi": KPI, "directorate": "COUNCIL", "period": Q, "previous": "75.0",
         "revised": "80.0", "type": "correction", "reason": "Late tickets"}
    ]  # fmt: skip
    assert bytes_in(first) == before


def test_what_was_only_drafted_is_not_restated(stores, measurement, first_draft):
    first_draft()
    second = run(stores, measurement("b", Decimal("80.0")), "Late tickets")

    assert json.loads((second / "manifest.json").read_text())["revisions"] == []


def test_a_draft_whose_files_were_changed_is_drafted_again(stores, first_draft):
    first = first_draft()
    (first / "report.html").write_text("changed")

    assert run(stores, "a").name == "r2"


def test_late_rows_after_the_freeze_do_not_reopen_a_published_pack(
    stores, measurement, register, first_published
):
    first = first_published()
    # 14 July 2025 is the tenth working day after the quarter.
    measurement("late", Decimal("80.0"), received=datetime(2025, 7, 13, 23, tzinfo=UTC))

    assert run(stores, "late") == first
    assert len(packs_in(register)) == 1


@pytest.mark.parametrize(
    ("how", "state", "received", "reason"),
    [
        ("with a reason", "final", datetime(2025, 7, 20, tzinfo=UTC), "Late tickets"),
        ("announced", "provisional", datetime(2025, 7, 20, tzinfo=UTC), ""),
        ("before the freeze", "final", datetime(2025, 7, 13, 22, 59, tzinfo=UTC), ""),
    ],
)
def test_a_published_pack_gets_a_new_revision(
    stores, measurement, how, state, received, reason, first_published
):
    first_published(state)
    measurement("b", Decimal("80.0"), received=received)

    assert run(stores, "b", reason).name == "r2", how


def test_a_published_pack_stands_while_only_words_change(stores, measurement, first_published):
    first = first_published()
    measurement("same", Decimal("75.0"), received=datetime(2025, 7, 20, tzinfo=UTC))

    assert run(stores, "same") == first
    assert run(stores, "a", "a reason where nothing moved") == first


def test_a_correction_without_a_reason_is_drafted_again_when_somebody_gives_one(
    stores, measurement, first_published
):
    first_published()
    measurement("b", Decimal("80.0"), received=datetime(2025, 7, 10, tzinfo=UTC))
    run(stores, "b")
    third = run(stores, "b", "The desk found tickets")
    told = json.loads((third / "manifest.json").read_text())

    assert third.name == "r3"
    assert [row["reason"] for row in told["revisions"]] == ["The desk found tickets"]
    assert run(stores, "b", "Another word") == third


def test_a_revision_is_drafted_once_too(stores, measurement, register, first_draft):
    first_draft()
    second = run(stores, measurement("b", Decimal("80.0")), "Late tickets")

    assert run(stores, "b") == second
    assert len(packs_in(register)) == 2


def test_a_revision_without_a_reason_names_the_figures_that_moved(
    stores, measurement, register, first_draft
):
    first_draft()
    run(stores, measurement("b", Decimal("80.0")))

    assert packs_in(register)[1][2] == (
        "1 figure moved. Among them: Incidents resolved within SLA, COUNCIL, 2025-26-Q1: "
        "75.0% to 80.0%."
    )


def test_a_revision_in_which_only_a_rating_changed_says_so(
    stores, measurement, register, first_draft
):
    """A target was moved: red must not turn green without a word."""
    first_draft()
    measurement("b", Decimal("75.0"))
    with register.begin() as connection:
        connection.execute(text("update figures set rag = 'green' where measurement_id = 'b'"))
    run(stores, "b")

    assert packs_in(register)[1][2] == "No figure moved; 1 rating changed."


def test_what_a_publication_that_died_left_is_gone_with_the_next_draft(stores, measurement):
    first = run(stores, measurement("a", Decimal("75.0")))
    left = first.with_name(".r1.published")
    shutil.copytree(first, left)
    run(stores, measurement("b", Decimal("80.0")))

    assert not left.exists()
    assert sorted(path.name for path in first.parent.iterdir()) == ["r1", "r2"]


def test_a_folder_that_was_never_recorded_is_replaced(stores, measurement):
    left = stores.settings.packs / Q / "officer" / "r1"
    left.mkdir(parents=True)
    (left / "half.html").write_text("half")
    folder = run(stores, measurement("a", Decimal("75.0")))

    assert (folder, verification.problems(folder)) == (left, [])


def test_the_same_figures_give_the_same_bytes_in_another_home(stores, register, first_draft):
    folder = first_draft()
    before = bytes_in(folder)
    with register.begin() as connection:
        connection.execute(Pack.__table__.delete())
    again = run(stores, "a", now=datetime(2026, 1, 1, tzinfo=UTC))

    assert bytes_in(again) == before


def test_data_as_at_is_the_arrival_of_the_newest_extract(first_draft):
    folder = first_draft()
    told = json.loads((folder / "manifest.json").read_text())

    assert told["data_as_at"] == "2025-07-04T06:30:00Z"


def test_files_refused_since_the_quarter_began_are_listed(stores, measurement, register):
    name = measurement("a", Decimal("75.0"))
    refused = {
        "in_time.csv": (RECEIVED, RECEIVED),
        "before_the_quarter.csv": (datetime(2025, 3, 31, 22, tzinfo=UTC), RECEIVED),
        "after_measuring.csv": (NOW, datetime(2025, 7, 22, tzinfo=UTC)),
    }
    with register.begin() as connection:
        for place, (file, (received, decided)) in enumerate(refused.items()):
            connection.execute(
                insert(Extract).values(
                    source="tickets", sha256=f"{place:0>64}", file_name=file, bytes=1,
                    received_at=received, accepted_at=decided, state="refused",
                    refusal=f"{file}: the file is empty. Export it again and send it.",
                )
            )  # fmt: skip
    page = (run(stores, name) / "report.html").read_text()

    assert [file for file in refused if file in page] == ["in_time.csv"]


def test_an_event_of_no_kpi_stops_the_draft(stores, measurement, tmp_path):
    folder = tmp_path / "council"
    shutil.copytree(stores.settings.council, folder)
    (folder / "events.csv").write_text(
        "day,kind,theme,kpi,title,reason\n2025-05-01,event,Prining,*,New printers,Contract\n"
    )
    theirs = replace(stores, settings=replace(stores.settings, council=folder))

    with pytest.raises(WrongDefinition, match=r"events.csv, row 2: no KPI '\*' is of.*'Prining'"):
        run(theirs, measurement("a", Decimal("75.0")))


def test_a_measurement_without_figures_is_refused_with_the_way_out(stores):
    with pytest.raises(UnknownMeasurement, match=r"nobody: the register holds no figures.*Run"):
        run(stores, "nobody")


def test_every_variant_of_the_route_table_is_drafted_from_one_measurement(stores, measurement):
    folders = [
        Path(f) for f in draft.every(stores, measurement("a", Decimal("75.0")), "", "team", NOW)
    ]
    told = [json.loads((folder / "manifest.json").read_text()) for folder in folders]
    assert [(t["variant"], t["visibility"]) for t in told] == [
        ("officer", "internal"), ("board", "internal"), ("cabinet", "public"),
        ("scrutiny", "public"), ("public", "public"), ("working_from_home", "internal"),
    ]  # fmt: skip
    assert {t["measurement"]["id"] for t in told} == {"a"}
    assert len({t["content_sha256"] for t in told}) == 6
    hashes = [k["figures_sha256"] for t in told for k in t["measurement"]["kpis"] if k["id"] == KPI]
    assert (len(hashes), len(set(hashes))) == (5, 1)
    assert [verification.problems(f, PUBLIC) for f in folders] == [[]] * 6
    assert draft.every(stores, "a", "", "team", NOW) == [str(f) for f in folders]


def test_no_variant_is_drafted_if_one_of_them_would_tell_too_much(stores, measurement, register):
    with pytest.raises(Leak, match=f"^2025-26-Q1/cabinet/r1: its words name '{HIDDEN}'"):
        draft.every(stores, measurement("a", Decimal("75.0")), f"{HIDDEN} fell", "team", NOW)

    assert packs_in(register) == []
    assert not stores.settings.packs.exists()


def test_a_pack_of_a_year_is_refused_of_a_quarter_that_ends_none(stores, measurement):
    with pytest.raises(LookupError, match=r"^2025-26-Q1/year: the quarter has no such pack.*name"):
        draft.run(stores, measurement("a", Decimal("75.0")), "", "team", NOW, "year")


def test_a_pack_cannot_be_drafted_without_a_key(stores, measurement):
    bare = replace(stores, signing_key=b"")

    with pytest.raises(WrongKey, match="there is none here, and every pack is signed"):
        run(bare, measurement("a", Decimal("75.0")))
    assert not (stores.settings.packs / Q).exists()


def test_the_public_key_lies_beside_the_packs(stores, first_draft):
    folder = first_draft()
    identity = verification.signed_by(folder)

    assert verification.known_key(stores.settings.packs, identity) == PUBLIC


def test_a_key_that_was_half_written_is_written_again(stores, measurement, first_draft):
    first_draft()
    (file,) = (stores.settings.packs / "keys").glob("*.pem")
    whole = file.read_bytes()
    file.write_bytes(b"")
    run(stores, measurement("b", Decimal("76.0")))

    assert file.read_bytes() == whole
    assert [path.name for path in file.parent.iterdir()] == [file.name]
