import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from given import NOW, incidents, tickets
from sqlalchemy import select

from scorecard import keep
from scorecard.connectors import CannotFetch
from scorecard.objects import sha256_of
from scorecard.register.models import Resent


def raw(office):
    return [name for name in office.objects() if name.startswith("raw/")]


def test_what_is_kept_is_what_was_received_byte_for_byte(office):
    path = office.send("incident.csv", b"\xef\xbb\xbfany bytes\r\n\x00\xff")
    assert len(keep.run(office.stores, "tickets", NOW)) == 1
    assert raw(office) == [f"raw/{sha256_of(path)}"]
    assert (
        office.stores.settings.home / "store" / raw(office)[0]
    ).read_bytes() == path.read_bytes()
    (extract,) = office.extracts()
    assert (extract.file_name, extract.bytes, extract.state) == ("incident.csv", 16, "kept")
    assert extract.received_at == NOW


def test_a_file_seen_before_is_left_alone_whatever_it_is_called(office):
    office.send("incident.csv", "the same")
    assert len(keep.run(office.stores, "tickets", NOW)) == 1
    office.send("incident (1).csv", "the same")
    assert keep.run(office.stores, "tickets", NOW) == []
    assert len(office.extracts()) == 1


def test_the_same_bytes_sent_again_are_one_extract_and_the_log_says_so(office, caplog):
    caplog.set_level("INFO")
    office.send("incident.csv", "the same")
    keep.run(office.stores, "tickets", NOW)
    office.send("again\n.csv", "the same")
    assert keep.run(office.stores, "tickets", NOW) == []
    keep.run(office.stores, "tickets", NOW)

    told = [r.getMessage() for r in caplog.records if "again" in r.getMessage()]
    assert told == ["again\\n.csv: the same bytes as incident.csv were sent again"]


def test_bytes_that_take_their_place_again_are_sent_again_though_the_file_kept_its_time(
    office,
):
    def put(content, at):
        path = office.send("incident.csv", content)
        os.utime(path, (1_750_000_000 + at,) * 2)
        keep.run(office.stores, "tickets", NOW + timedelta(hours=at))
        keep.run(office.stores, "tickets", NOW + timedelta(hours=at, minutes=1))

    put("first", 1)
    put("corrected", 2)
    os.utime(office.send("incident.csv", "first"), (1_750_000_001,) * 2)
    for hour in (3, 4):
        keep.run(office.stores, "tickets", NOW + timedelta(hours=hour))

    with office.stores.register.connect() as connection:
        resent = connection.execute(select(Resent.extract_id, Resent.received_at)).all()
    assert [tuple(row) for row in resent] == [(office.extracts()[0].id, NOW + timedelta(hours=3))]


def test_files_are_kept_in_the_order_in_which_they_arrived(office):
    office.send("z_first.csv", "1")
    office.send("a_second.csv", "2")
    office.send("m_third.csv", "3")
    keep.run(office.stores, "tickets", NOW)
    names = [extract.file_name for extract in office.extracts()]
    assert names == ["z_first.csv", "a_second.csv", "m_third.csv"]


def test_no_inbox_is_nothing_to_keep(office):
    assert keep.run(office.stores, "tickets", NOW) == []


@pytest.mark.parametrize(
    "name", [".hidden.csv", "incident.csv.part", "incident.tmp", "incident.csv.PART"]
)
def test_hidden_and_half_written_files_wait(office, name):
    office.send(name, incidents(*tickets(1)))
    assert keep.run(office.stores, "tickets", NOW) == []


def test_a_link_in_the_inbox_is_not_followed(office, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the pack")
    inbox = office.send("incident.csv", "1").parent
    (inbox / "link.csv").symlink_to(secret)
    (inbox / "folder").mkdir()
    os.mkfifo(inbox / "pipe.csv")
    assert len(keep.run(office.stores, "tickets", NOW)) == 1
    assert len(raw(office)) == 1


def test_a_file_that_grows_while_it_is_copied_waits_until_it_is_whole(office, monkeypatch):
    path = office.send("incident.csv", "half")
    copy = shutil.copyfile

    def grow(source, target, **how):
        copy(source, target, **how)
        with Path(source).open("a") as file:
            file.write(" and half")

    monkeypatch.setattr(shutil, "copyfile", grow)
    assert keep.run(office.stores, "tickets", NOW) == []
    assert (office.extracts(), raw(office)) == ([], [])

    monkeypatch.undo()
    assert len(keep.run(office.stores, "tickets", NOW)) == 1
    assert raw(office) == [f"raw/{sha256_of(path)}"]


def test_what_is_kept_has_the_name_of_its_own_bytes(office, monkeypatch):
    """Bytes that change after they were hashed would lie under a wrong name."""
    office.send("incident.csv", "as received")
    put = type(office.stores.objects).put

    def change(self, path, object_id, again=False):
        (office.stores.settings.inbox / "tickets" / "incident.csv").write_text("changed since")
        put(self, path, object_id, again)

    monkeypatch.setattr(type(office.stores.objects), "put", change)
    keep.run(office.stores, "tickets", NOW)
    (name,) = raw(office)
    assert name == f"raw/{sha256_of(office.stores.settings.home / 'store' / name)}"


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"it's.csv", b"new\nline.csv", b"%s;--.csv"])
def test_any_name_of_a_file_can_be_kept(office, name):
    office.send(os.fsdecode(name), incidents(*tickets(1)))
    assert len(office.take_in()) == 1
    told = name.decode("ascii", "replace").replace("\ufffd", "?").replace("\n", "\\n")
    assert office.extracts()[0].file_name == told


def test_the_same_bytes_may_come_from_two_sources(office):
    office.send("a.csv", "the same", "tickets")
    office.send("a.csv", "the same", "budget")
    keep.run(office.stores, "tickets", NOW)
    keep.run(office.stores, "budget", NOW)
    assert [extract.source for extract in office.extracts()] == ["tickets", "budget"]
    assert len(raw(office)) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(13, "Permission denied"),
            r"^tickets/a\.csv: .* may not read it\. Give it",
        ),
        (
            OSError(16, "Device or resource busy"),
            r"^tickets/a\.csv \(Device or .*\): could not be ",
        ),
    ],
)
def test_a_file_that_cannot_be_read_keeps_no_other_out(office, monkeypatch, error, said):
    for name in ("a.csv", "b.csv", "c.csv"):
        office.send(name, name)
    copy = shutil.copyfile

    def refuse(source, target, **how):
        if Path(source).name == "a.csv":
            raise error
        copy(source, target, **how)

    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(CannotFetch, match=said):
        keep.run(office.stores, "tickets", NOW)
    assert [extract.file_name for extract in office.extracts()] == ["b.csv", "c.csv"]


def test_a_file_that_is_taken_away_meanwhile_is_passed_over(office, monkeypatch):
    office.send("b.csv", "2")
    path = office.send("a.csv", "1")
    copy = shutil.copyfile

    def take_away(source, target, **how):
        path.unlink(missing_ok=True)
        copy(source, target, **how)

    monkeypatch.setattr(shutil, "copyfile", take_away)
    assert len(keep.run(office.stores, "tickets", NOW)) == 1


def test_bytes_whose_object_is_missing_are_stored_when_they_are_sent_again(office):
    office.send("incident.csv", "the same")
    keep.run(office.stores, "tickets", NOW)
    (name,) = raw(office)
    (office.stores.settings.home / "store" / name).unlink()

    office.send("again.csv", "the same")
    assert keep.run(office.stores, "tickets", NOW) == []
    assert raw(office) == [name]
