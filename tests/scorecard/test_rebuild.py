"""A pack made again from the register: the same to the byte, or which file differs and why."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from record import KPI, NOW, Q, a_figure, a_measurement, approve
from sqlalchemy import text

from scorecard import draft, publish, rebuild
from scorecard.packs import manifest, signature, verification
from scorecard.rebuild import DIFFERS, EXTRA, MISSING, CannotRebuild


@pytest.fixture
def folder(stores, remembered):
    """A small pack as it was drafted."""

    def do():
        a_measurement(stores.register, "a", [a_figure("75.0"), a_figure("74.0", "2025-05")])
        return Path(draft.run(stores, "a", "", "performance team", NOW))

    return remembered(stores, "test_rebuild", do)


def published(stores, revision):
    """The folder of a revision, approved and published."""
    approve(stores, revision=revision)
    return Path(publish.run(stores, Q, "officer", revision, NOW, NOW))


def other_than_same(made):
    return {path: found for path, found in made.files.items() if found != rebuild.SAME}


def test_a_draft_and_the_published_pack_come_out_the_same(stores, folder):
    drafted = rebuild.run(stores, folder)
    after = rebuild.run(stores, published(stores, 1))

    for made in (drafted, after):
        assert (made.pack_id, made.is_same, made.why) == ("2025-26-Q1/officer/r1", True, ())
        assert {"pack.xlsx", "report.html", "manifest.json", "manifest.json.sig"} <= set(made.files)


def test_a_published_pack_comes_out_the_same_after_the_next_revision(stores, folder):
    first = published(stores, 1)
    a_measurement(stores.register, "b", [a_figure("80.0"), a_figure("74.0", "2025-05")])
    draft.run(stores, "b", "Late tickets", "performance team", NOW)
    published(stores, 2)

    assert rebuild.run(stores, first).is_same
    assert rebuild.run(stores, first.parent / "r2").is_same


SHOWS = "{name: public, kpis: all, leaves_out: [Review_these]}"
SEEN = "variant: public, deadline_working_day: 30, visibility:"
CHANGES = {
    "its title, its sheets, its bodies and the day of commentary are others": (
        (SHOWS, "{name: public, kpis: all, title: Short, leaves_out: [Budget]}"),
        ("body: The public,", "body: Residents,"),
        ("deadline_working_day: 20", "deadline_working_day: 10"),
    ),
    "it is seen by fewer": ((f"{SEEN} public", f"{SEEN} internal"),),
    "it has another name": (
        ("name: public,", "name: open,"),
        ("variant: public,", "variant: open,"),
    ),
    "it is gone": (
        (f"  - {{body: The public, {SEEN} public, sign_off: approver}}\n", ""),
        (f"  - {SHOWS}\n", ""),
    ),
}  # fmt: skip


def test_a_published_pack_comes_out_the_same_after_its_route_was_changed(stores, tmp_path):
    council = tmp_path / "council"
    shutil.copytree(stores.settings.council, council)
    stores = replace(stores, settings=replace(stores.settings, council=council))
    a_measurement(stores.register, "a", [a_figure("75.0"), a_figure("74.0", "2025-05")])
    draft.run(stores, "a", "", "performance team", NOW, "public")
    approve(stores, Q, "public")
    folder = Path(publish.run(stores, Q, "public", 1, NOW, NOW))
    made, decided = {}, (council / "routes.yaml").read_text()
    for change, parts in CHANGES.items():
        routes = decided
        for before, after in parts:
            assert routes.count(before) == 1
            routes = routes.replace(before, after)
        (council / "routes.yaml").write_text(routes)
        made[change] = other_than_same(rebuild.run(stores, folder))

    assert made == {change: {} for change in CHANGES}


def test_a_route_that_somebody_wrote_into_a_manifest_counts_for_nothing(stores, folder):
    told = json.loads((folder / manifest.NAME).read_text())
    told["route"]["variants"][0]["leaves_out"] = ["Budget"]
    (folder / manifest.NAME).write_text(json.dumps(told))

    assert other_than_same(rebuild.run(stores, folder)) == {manifest.NAME: DIFFERS}


TAMPERED = {
    "published_at": "yesterday", "approval": {"role": "x"}, "code": "x", "tools": ["a"],
    "state": ["x"], "signing_key": "../../../../etc/passwd", "route": {"routes": "x"}, "files": 1,
}  # fmt: skip


def test_whatever_somebody_wrote_into_a_manifest_nothing_but_its_pack_id_is_believed(
    stores, folder
):
    told = json.loads((folder / manifest.NAME).read_text())
    (folder / manifest.NAME).write_text(json.dumps({**told, **TAMPERED}))
    made = rebuild.run(stores, folder)

    assert other_than_same(made) == {manifest.NAME: DIFFERS}
    assert made.why[-1] == (
        "manifest.json: is not the one that the register knows of 2025-26-Q1/officer/r1, so "
        "somebody changed it. Take the pack from where it was published."
    )


def test_the_pack_of_a_year_is_published_verified_and_made_again(stores):
    quarter, keys = "2024-25-Q4", ("2024-25-Q4", "2024-25-Q4-YTD", "2023-24-Q4-YTD")
    figures = [
        a_figure(value, key) for value, key in zip(("70.0", "75.0", "80.0"), keys, strict=True)
    ]
    a_measurement(stores.register, "y", figures, quarter=quarter)
    draft.run(stores, "y", "", "performance team", NOW, "year")
    approve(stores, quarter, "year")
    folder = Path(publish.run(stores, quarter, "year", 1, NOW, NOW))
    rows = (folder / "data" / "kpi_summary.csv").read_text().splitlines()
    told = next(dict(zip(rows[0].split(","), row.split(","), strict=True))
                for row in rows if row.startswith(KPI))  # fmt: skip

    assert folder.parent.parent.name == quarter
    assert verification.problems(folder, signature.public_of(stores.signing_key)) == []
    assert rebuild.run(stores, folder).is_same
    assert [told[name] for name in ("this_year", "previous_year", "quarter_4", "rag")] == [
        "75.0", "80.0", "70.0", "Red",
    ]  # fmt: skip


def test_files_that_differ_are_named_and_so_is_what_does_not_belong(stores, folder):
    (folder / "report.html").write_text("another")
    (folder / "pack.xlsx").unlink()
    (folder / "more.txt").write_text("more")
    made = rebuild.run(stores, folder)

    assert not made.is_same
    assert other_than_same(made) == {
        "report.html": DIFFERS, "pack.xlsx": MISSING, "more.txt": EXTRA,
    }  # fmt: skip
    assert made.why == (
        "The pack says the same; only the form of the files that differ is another.",
    )


def test_a_folder_with_a_link_or_an_empty_folder_is_not_the_same(stores, folder):
    (folder / "empty").mkdir()
    (folder / "link.csv").symlink_to("nowhere")
    made = rebuild.run(stores, folder)

    assert not made.is_same
    assert [said.partition(":")[0] for said in made.why] == ["empty", "link.csv"]


def test_another_commit_is_the_reason_when_it_is_one(stores, folder):
    theirs = replace(stores, settings=replace(stores.settings, commit="another"))
    made = rebuild.run(theirs, folder)

    assert other_than_same(made) == {"manifest.json": DIFFERS, "manifest.json.sig": DIFFERS}
    assert made.why[0].startswith("Another commit of the code: ")
    assert made.why[0].endswith(", another now.")


def test_another_version_of_a_tool_is_named(stores, folder):
    place = folder / manifest.NAME
    told = json.loads(place.read_text())
    told["tools"]["openpyxl"] = "0.1"
    place.write_text(json.dumps(told))

    assert rebuild.run(stores, folder).why[0].startswith("openpyxl: 0.1 then, ")


def test_a_figure_that_was_changed_in_the_register_makes_another_pack(stores, folder):
    with stores.register.begin() as connection:
        connection.execute(text("update figures set value = 99 where period = '2025-26-Q1'"))
    made = rebuild.run(stores, folder)

    assert made.files["data/kpi_summary.csv"] == DIFFERS
    assert made.why[-1].startswith("The pack would say something else now")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("{", "has no manifest.json that can be read. Name a pack's folder"),
        ('{"pack_id": 1}', "does not say which pack it is. Take"),
        ('{"pack_id": "2025-26-Q1/off\\u0000icer/r1"}', "does not say which pack it is. Take"),
        ('{"pack_id": "2025-26-Q1/officer/r1\\u0000"}', "does not say which pack it is. Take"),
        ('{"pack_id": "2025-26-Q1/officer/r99999999999999999999"}', "does not say which pack"),
        ('{"pack_id": "2025-26-Q1/officer/r9"}', "r9: the register here has no such pack. Use"),
    ],
)
def test_a_folder_that_cannot_be_made_again_is_said_so(stores, tmp_path, told, words):
    (tmp_path / manifest.NAME).write_text(told)

    with pytest.raises(CannotRebuild, match=words):
        rebuild.run(stores, tmp_path)
