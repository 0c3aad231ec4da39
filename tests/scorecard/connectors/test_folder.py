"""Files of folders: of this machine, of a real SFTP server, and of S3's own API."""

import hashlib
import shutil
import threading
import time
from dataclasses import replace
from datetime import datetime

import boto3
import pytest
from on_disk import OnDisk, fields, hash_of_pair

from scorecard.connectors import Away, CannotFetch, Connection, folder
from scorecard.connectors.remote import _told, opened
from scorecard.objects import sha256_of
from sftp_for_tests import SERVER, WHY_NOT, SftpServer
from storage_for_tests import KEY, storage

SECRET = "a-password-that-is-told-to-nobody"


@pytest.fixture(scope="module")
def sftp_server():
    if not SERVER:
        pytest.skip(WHY_NOT)
    server = SftpServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def s3_server():
    with storage("council") as address:
        yield address


class InBucket:
    """The same in a bucket, whose times are those of the upload."""

    def __init__(self, client, prefix, connection):
        self.client, self.prefix, self.connection = client, prefix, connection

    def put(self, name, content, at=None):
        self.client.put_object(
            Bucket="council", Key=f"{self.prefix}/tickets/{name}", Body=content
        )  # fmt: skip

    def names(self):
        prefix = f"{self.prefix}/tickets/"
        found = self.client.list_objects_v2(Bucket="council", Prefix=prefix).get("Contents", [])
        return sorted(each["Key"].removeprefix(prefix) for each in found)


@pytest.fixture
def sftp(sftp_server, tmp_path):
    root = tmp_path / "server"
    return OnDisk(root, sftp_connection(sftp_server, root))


def sftp_connection(server, root, **change):
    extra = {"host_key": server.host_key, "private_key": server.user_key, "path": str(root)}
    return Connection("sftp", "sftp", "127.0.0.1", server.port, server.user, "",
                      extra=fields(**extra) | change)  # fmt: skip


@pytest.fixture
def s3(s3_server, tmp_path):
    client = boto3.client(
        "s3", endpoint_url=s3_server, region_name="eu-west-2",
        aws_access_key_id=KEY["key"], aws_secret_access_key=KEY["secret"],
    )  # fmt: skip
    prefix = tmp_path.name
    extra = fields(endpoint_url=s3_server, region_name="eu-west-2", path=f"council/{prefix}")
    connection = Connection("bucket", "aws", "", None, KEY["key"], KEY["secret"], "", extra)
    return InBucket(client, prefix, connection)


@pytest.fixture(params=["mount", "sftp", "s3"])
def place(request):
    """One kind of folder after the other."""
    return request.getfixturevalue(request.param)


def test_every_file_of_a_feeds_folder_is_delivered_byte_for_byte(place, fetched):
    place.put("a.csv", b"\xef\xbb\xbfany bytes\r\n\x00\xff")
    place.put("b c.csv", b"2")

    assert sorted(fetched(place.connection)) == [
        ("a.csv", b"\xef\xbb\xbfany bytes\r\n\x00\xff"), ("b c.csv", b"2"),
    ]  # fmt: skip
    assert place.names() == ["a.csv", "b c.csv"]


def test_half_written_hidden_and_nested_files_wait(place, fetched):
    for name in (".a.csv", "a.csv.part", "a.TMP", "a.filepart", "below/a.csv"):
        if name.startswith("below") and isinstance(place, OnDisk):
            (place.root / "tickets" / "below").mkdir()
        place.put(name, b"1")
    assert fetched(place.connection) == []


def test_with_a_marker_only_files_that_have_theirs_are_whole(place, fetched):
    place.put("a.csv", b"1")
    place.put("b.csv", b"2")
    place.put("b.csv.done", b"")

    assert fetched(place.connection, marker=".done") == [("b.csv", b"2")]
    place.put("a.csv.done", b"")
    assert sorted(fetched(place.connection, marker=".done")) == [("a.csv", b"1"), ("b.csv", b"2")]


@pytest.mark.parametrize("kind", ["mount", "sftp"])
def test_a_marker_that_is_older_than_a_file_was_left_by_another(kind, request, fetched, caplog):
    place = request.getfixturevalue(kind)
    place.put("a.csv.done", b"", 1_750_000_000)
    place.put("a.csv", b"half of the ne", 1_750_000_060)
    assert fetched(place.connection, marker=".done") == []
    assert "a.csv is newer than its marker: it waits." in caplog.text

    place.put("a.csv.done", b"", 1_750_000_060)
    assert len(fetched(place.connection, marker=".done")) == 1


def test_a_marker_is_put_by_before_its_file(mount, fetched):
    """So that a run that dies in between leaves none that vouches for the next file."""
    mount.put("a.csv", b"1")
    mount.put("a.csv.done", b"")
    taken = mount.root / "tickets" / "taken" / f"{hashlib.sha256(b'1').hexdigest()}_a.csv"
    (taken / "so that it cannot be moved here").mkdir(parents=True)
    with pytest.raises(CannotFetch, match=r"a.csv: kept, but it cannot be moved to taken"):
        fetched(mount.connection, archive="taken", marker=".done")

    assert mount.names() == ["a.csv", f"taken/{taken.name}.marker"]


def test_a_file_that_was_kept_moves_to_the_archive_under_its_hash(place, fetched, tmp_path):
    place.put("a.csv", b"1")
    place.put("a.csv.done", b"")
    (tmp_path / "same").write_bytes(b"1")
    sha256 = sha256_of(tmp_path / "same")

    assert fetched(place.connection, archive="taken", marker=".done") == [("a.csv", b"1")]
    assert place.names() == [f"taken/{sha256}_a.csv", f"taken/{sha256}_a.csv.marker"]
    assert fetched(place.connection, archive="taken", marker=".done") == []


def test_a_file_and_its_companion_are_one_delivery_from_every_folder(place, fetched, tmp_path):
    place.put("a.csv", b"1")
    place.put("a.ctl", b"ROWS 1")
    sha256 = hash_of_pair(tmp_path, b"1", b"ROWS 1")

    found = fetched(place.connection, companion={"*": ".ctl"}, archive="taken")
    assert [(name, hashlib.sha256(content).hexdigest()) for name, content in found] == [
        ("a.csv", sha256)
    ]
    assert place.names() == [f"taken/{sha256}_a.csv", f"taken/{sha256}_a.csv.beside"]


def test_a_star_or_bracket_in_a_name_is_a_letter(place, fetched):
    for name, content in (("a*.csv", b"1"), ("x [1].csv", b"2"), ("ab.csv.wait", b"3")):
        place.put(name, content)
    place.put("a*.csv.done", b"")
    place.put("x [1].csv.done", b"")

    assert sorted(fetched(place.connection, archive="taken", marker=".done")) == [
        ("a*.csv", b"1"), ("x [1].csv", b"2"),
    ]  # fmt: skip
    assert [name for name in place.names() if not name.startswith("taken/")] == ["ab.csv.wait"]
    assert {name.partition("_")[2] for name in place.names() if name.startswith("taken/")} == {
        "a*.csv", "a*.csv.marker", "x [1].csv", "x [1].csv.marker",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["a" * 195 + ".csv", "é" * 120 + ".csv"])
def test_a_long_name_keeps_its_end_in_the_archive(place, fetched, name):
    place.put(name, b"1")
    place.put("b.csv", b"2")

    assert sorted(fetched(place.connection, archive="taken")) == sorted([
        (name, b"1"), ("b.csv", b"2"),
    ])  # fmt: skip
    ends = {archived.partition("_")[2] for archived in place.names()}
    assert all(archived.startswith("taken/") for archived in place.names())
    assert ends - {"b.csv"} == {name[16:] if name.isascii() else name[31:]}


@pytest.mark.parametrize("kind", ["mount", "sftp"])
def test_an_archive_that_takes_nothing_keeps_no_file_out(kind, request, ask):
    place = request.getfixturevalue(kind)
    for name in ("a.csv", "b.csv", "taken"):
        place.put(name, b"1", 1_750_000_000)
    asked = ask(place.connection)
    asked = replace(asked, feed=replace(asked.feed, archive="taken"))
    files, names = folder.fetch(asked), []

    with pytest.raises(CannotFetch) as refused:
        names.extend(each.name for each in files)
    assert "tickets/a.csv, tickets/b.csv" in str(refused.value)
    assert "cannot be moved to taken. See that taken is a folder" in str(refused.value)


def test_a_file_that_nobody_kept_is_not_moved(place, ask):
    place.put("a.csv", b"1")
    asked = ask(place.connection)
    asked = replace(asked, feed=replace(asked.feed, archive="taken"))
    files = folder.fetch(asked)
    next(files)
    files.close()  # whoever was to keep it died

    assert place.names() == ["a.csv"]


def test_a_file_that_changes_after_it_was_kept_stays_for_the_next_run(place, ask, caplog):
    place.put("a.csv", b"1")
    asked = ask(place.connection)
    asked = replace(asked, feed=replace(asked.feed, archive="taken"))
    for delivery in folder.fetch(asked):
        assert delivery.path.read_bytes() == b"1"
        place.put("a.csv", b"1, corrected")

    assert place.names() == ["a.csv"]
    assert "a.csv changed after it was kept: it stays for the next run." in caplog.text


@pytest.mark.parametrize("kind", ["mount", "sftp"])
def test_a_file_that_grows_is_left_until_it_is_whole(kind, request, fetched):
    place = request.getfixturevalue(kind)
    place.put("whole.csv", b"1", 1_750_000_000)
    growing, stop = place.root / "tickets" / "growing.csv", threading.Event()

    def grow():
        with growing.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"one more row\n")
                time.sleep(0.005)

    writer = threading.Thread(target=grow)
    writer.start()
    time.sleep(0.02)
    try:
        assert fetched(place.connection) == [("whole.csv", b"1")]
    finally:
        stop.set()
        writer.join()
    assert [name for name, _ in fetched(place.connection)] == ["whole.csv", "growing.csv"]


def test_a_file_over_the_limit_of_size_is_told_and_not_copied_and_keeps_no_other_out(place, ask):
    for name, size in (("a.csv", 2**20), ("b.csv", 2**20 + 1), ("c.csv", 1)):
        place.put(name, b"x" * size)
    asked, copied = ask(place.connection, max_file_mb=1), {}

    with pytest.raises(CannotFetch) as told:
        copied.update((each.name, each.path.stat().st_size) for each in folder.fetch(asked))
    assert copied == {"a.csv": 2**20, "c.csv": 1}
    assert str(told.value) == (
        "tickets/b.csv: over the limit of 1 MB, so it was not copied. Send it in smaller files and "
        "take it away, or raise SCORECARD_MAX_FILE_MB."
    )
    assert place.names() == ["a.csv", "b.csv", "c.csv"]


def test_files_arrive_in_the_order_of_their_times(sftp, ask):
    sftp.put("z.csv", b"1", 1_750_000_000)
    sftp.put("a.csv", b"2", 1_750_000_060)
    found = list(folder.fetch(ask(sftp.connection)))

    assert [each.name for each in found] == ["z.csv", "a.csv"]
    assert found[0].arrived_at == datetime.fromisoformat("2025-06-15T15:06:40+00:00")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (OSError("Failure"), OSError),  # so SFTP tells of a file that is locked
        (OSError("Socket is closed"), Away),
        (TimeoutError(110, "Connection timed out"), Away),
        (EOFError(), Away),
    ],
)
def test_a_failure_of_one_file_is_told_from_one_of_the_server(sftp, ask, said, told):
    with pytest.raises(told) as found, _told(ask(sftp.connection), sftp.connection, "it", True):
        raise said

    assert isinstance(found.value, Away) == (told is Away)


def test_a_file_that_is_taken_away_after_it_was_kept_is_not_asked_for_again(sftp, ask, caplog):
    sftp.put("a.csv", b"1")
    asked = ask(sftp.connection)
    for each in folder.fetch(replace(asked, feed=replace(asked.feed, archive="taken"))):
        (sftp.root / "tickets" / each.name).unlink()

    assert "Send it again" not in caplog.text


def test_a_link_on_a_server_is_not_followed(sftp, fetched, tmp_path):
    (tmp_path / "secret").write_text("not for the pack")
    (sftp.root / "tickets" / "link.csv").symlink_to(tmp_path / "secret")
    assert fetched(sftp.connection) == []


def test_the_same_bytes_are_kept_once_however_often_they_are_fetched(place, pulling):
    place.put("incident.csv", b"anything")
    office = pulling("tickets", "folder")
    office.pull(place.connection)
    office.pull(place.connection, hour=10)

    assert [extract.file_name for extract in office.extracts()] == ["incident.csv"]


def problem(ask, connection, kind=CannotFetch):
    with pytest.raises(kind) as refused:
        list(folder.fetch(ask(connection)))
    assert SECRET not in str(refused.value)
    return str(refused.value)


def test_a_server_with_another_key_is_told_nothing(sftp_server, sftp, ask):
    other = SftpServer()
    try:
        wrong = sftp_connection(sftp_server, sftp.root, host_key=other.host_key)
        wrong = replace(wrong, password=SECRET)
        assert "host key is not the one that was agreed" in problem(ask, wrong)
    finally:
        other.stop()


@pytest.mark.parametrize("host_key", ["", "ssh-ed25519", "ssh-ed25519 AAAA", "nonsense AAAA"])
def test_without_a_servers_key_it_is_not_asked(sftp_server, sftp, ask, host_key):
    said = problem(ask, sftp_connection(sftp_server, sftp.root, host_key=host_key))
    assert said.startswith("connection sftp: host_key is missing or cannot be read")
    assert "Ask the server's team for it" in said


def test_a_key_that_cannot_be_read_is_not_told(sftp_server, sftp, ask):
    said = problem(ask, sftp_connection(sftp_server, sftp.root, private_key=SECRET))
    assert "private_key cannot be read, or its passphrase is wrong" in said


def test_a_sign_in_that_a_server_refuses_is_for_a_person_to_mend(sftp_server, sftp, ask):
    wrong = replace(sftp_connection(sftp_server, sftp.root, private_key=""), password=SECRET)
    said = problem(ask, wrong)
    assert said.startswith("connection sftp: the server refuses the sign-in (AuthenticationExc")
    assert "Correct the connection in Airflow" in said


def test_a_bucket_that_is_not_there_is_told_by_its_name(s3, ask):
    gone = replace(s3.connection, extra={**s3.connection.extra, "path": "none/here"})
    assert "folder none/here/tickets is not there. Correct path" in problem(ask, gone)


def test_a_server_that_is_away_is_asked_again(sftp_server, sftp, s3, ask):
    gone = replace(sftp_connection(sftp_server, sftp.root), port=1)
    assert "the server does not answer" in problem(ask, gone, Away)
    extra = {**s3.connection.extra, "endpoint_url": "http://127.0.0.1:1"}
    assert "the server does not answer" in problem(ask, replace(s3.connection, extra=extra), Away)


def test_a_folder_that_is_not_there_is_told_by_its_name(sftp, ask):
    shutil.rmtree(sftp.root)
    said = problem(ask, sftp.connection)
    assert f"folder {sftp.root}/tickets is not there. Correct path of the connection" in said


def test_a_mounted_folder_that_is_not_there_is_told_by_its_name(mount, ask):
    shutil.rmtree(mount.root)
    said = problem(ask, mount.connection)
    assert said.startswith("connection share: folder tickets cannot be read (No such file or dir")


@pytest.mark.parametrize(
    ("connection", "why"),
    [
        (Connection("c", "ftp"), "of the type 'ftp'. Use one of fs, sftp, aws, wasb"),
        (Connection("c", "aws"), "does not say where its folders lie. Add path"),
        (Connection("c", "fs"), "does not say where its folders lie. Add path"),
        (Connection("c", "fs", extra={"path": "/tmp", "settle_seconds": "x"}), "settle_seconds is"),
        (Connection("c", "fs", extra={"path": "/tmp", "settle_seconds": "nan"}), "no number from"),
        (Connection("c", "fs", extra={"path": "/tmp", "settle_seconds": -1}), "no number from 0"),
        (Connection("c", "fs", extra={"path": "/tmp", "settle_seconds": "inf"}), "to 3,600. Corr"),
        (Connection("c", "fs", extra={"path": "/tmp", "settle_seconds": None}), "no number from"),
    ],
)  # fmt: skip
def test_a_connection_that_is_not_whole_says_what_is_missing(ask, connection, why, tmp_path):
    if connection.extra:
        (tmp_path / "tickets").mkdir()
        (tmp_path / "tickets" / "a.csv").write_text("1")
        connection = replace(connection, extra={**connection.extra, "path": str(tmp_path)})
    assert why in problem(ask, connection)


def test_a_name_that_a_server_made_up_is_no_path_here(sftp, ask):
    """A server can say any name. One with a slash is passed over, and every copy has ours."""
    asked = ask(sftp.connection)
    with opened(asked, sftp.connection) as shelf:
        lying = shelf.files
        honest = lying.ls
        lying.ls = lambda path, **how: [
            {**entry, "name": f"{path}/../../{entry['name'].rpartition('/')[2]}"}
            for entry in honest(path, **how)
        ]
        sftp.put("passwd", b"1")
        assert folder._candidates(asked, shelf.look()) == []
