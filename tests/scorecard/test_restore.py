"""A lost register comes back from published packs and extracts as received, or from its dump."""

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from given import incidents
from office import Office
from record import NOW, Q, a_figure, a_measurement, approve
from sqlalchemy import text

from scorecard import accept, draft, publish, restore
from scorecard.orchestration import postgres
from scorecard.packs import verification
from scorecard.register import audit, open_register, shelf

AT = NOW + timedelta(hours=2)
FIGURES = """
    select quarter, variant, revision, kpi_id, version, period, directorate, numerator,
        denominator, value, target, rag, direction, published_figures.state, flags
    from published_figures
    inner join packs on packs.id = published_figures.pack_id
    order by quarter, variant, revision, kpi_id, period, directorate
"""
ACCEPTED = 'select "table", month, sha256, rows from accepted_files order by month'


@pytest.fixture
def office(stores, remembered):
    """An office that took in an extract and published a pack and its correction."""
    made = Office(stores)

    def do():
        made.send("june.csv", incidents({"number": "INC1"}, {"number": "INC2"}))
        (extract,) = made.take_in()
        a_measurement(stores.register, "one", [a_figure("75.0")], [extract])
        publish_next(stores, "one", 1)
        corrected = [a_figure("77.5", numerator=Decimal(10))]
        a_measurement(stores.register, "two", corrected, [extract])
        publish_next(stores, "two", 2, "A late export of June.")
        return stores.settings.packs

    remembered(stores, "test_restore", do)
    return made


def publish_next(stores, measurement, revision, reason=""):
    draft.run(stores, measurement, reason, "schedule", NOW)
    approve(stores, revision=revision)
    publish.run(stores, Q, "officer", revision, AT, AT)


def asked(engine, sql):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def shelved(stores):
    """What the register says of its packs, but for what it alone knew: who drafted them."""
    rows = shelf.every(stores.register)
    return [
        replace(row, measurement_id="", drafted_at=AT, drafted_by="", reason_is_given=False)
        for row in rows
    ]


def lost(stores, registers):
    """The same stores with a register that holds nothing."""
    return replace(stores, register=registers())


def test_packs_revisions_approvals_and_figures_come_back_as_they_were_published(office, registers):
    before = office.stores
    after = lost(before, registers)

    assert restore.run(after) == restore.Restored(packs=2, figures=2, extracts=1, lost=())
    assert asked(after.register, FIGURES) == asked(before.register, FIGURES)
    assert shelved(after) == shelved(before)
    for pack in shelf.every(after.register):
        folder = after.settings.packs / pack.folder
        key = verification.known_key(after.settings.packs, verification.signed_by(folder))
        assert verification.problems(folder, key) == []
        told = audit.of_pack(after.register, *(Q, "officer", pack.revision))
        assert [(event.event, event.role, event.at) for event in told] == [
            ("approved", "approver", NOW),
            ("published", "approver", AT),
        ]


def test_the_extracts_are_accepted_again_to_the_same_bytes(office, registers):
    after = lost(office.stores, registers)
    restore.run(after)

    assert len(accept.run(after, "tickets", NOW)) == 1
    assert asked(after.register, ACCEPTED) == asked(office.stores.register, ACCEPTED)


def test_a_correction_after_that_is_the_next_revision_and_names_what_moved(office, registers):
    after = lost(office.stores, registers)
    restore.run(after)
    a_measurement(after.register, "three", [a_figure("79.0", numerator=Decimal(11))])
    publish_next(after, "three", 3, "A later export of June.")

    assert [pack.revision for pack in shelf.every(after.register)].count(3) == 1
    folder = after.settings.packs / Q / "officer" / "r3" / "data" / "revisions.csv"
    assert ",77.5,79.0," in folder.read_text()


def test_an_extract_that_the_store_lost_is_named_and_the_packs_come_back(office, registers):
    after = lost(office.stores, registers)
    (sha256,) = [row[0] for row in asked(office.stores.register, "select sha256 from extracts")]
    after.objects.delete(f"raw/{sha256}")

    assert restore.run(after).lost == (f"tickets {sha256}",)
    assert len(shelf.every(after.register)) == 2


def test_a_pack_that_was_changed_brings_nothing_back(office, registers):
    after = lost(office.stores, registers)
    figures = after.settings.packs / Q / "officer" / "r1" / "data" / "kpi_figures.csv"
    figures.write_text(figures.read_text().replace("75.0", "95.0"))

    with pytest.raises(restore.CannotRestore, match="data/kpi_figures"):
        restore.run(after)
    assert shelf.every(after.register) == ()


def test_a_register_that_holds_anything_is_not_written_into(office):
    with pytest.raises(restore.CannotRestore, match="Restore into an empty register"):
        restore.run(office.stores)


def test_without_published_packs_it_is_said_where_they_belong(office, registers):
    after = lost(office.stores, registers)
    shutil.rmtree(after.settings.packs)

    with pytest.raises(restore.CannotRestore, match="holds no published pack"):
        restore.run(after)


def test_a_dump_of_the_register_is_restored_whole(office, databases, tmp_path):
    url = office.stores.register.url
    name, file = databases.make(like="template0"), tmp_path / "register.dump"
    where = ["--host", url.query["host"], "--username", "postgres"]
    for program, *told in (
        ("pg_dump", "--format=custom", f"--file={file}", url.database),
        ("pg_restore", "--exit-on-error", f"--dbname={name}", str(file)),
    ):
        subprocess.run([postgres._binaries() / program, *where, *told], check=True)

    register = open_register(databases.url(name))
    for table in ("extracts", "packs", "published_figures", "audit", "measurements", "checks"):
        ordered = f"select * from {table} order by 1, 2, 3, 4"
        assert asked(register, ordered) == asked(office.stores.register, ordered) != []
    with pytest.raises(Exception, match="published"):
        asked(register, "update published_figures set value = 1")
    register.dispose()
    databases.drop(name)
