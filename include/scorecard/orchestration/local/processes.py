"""Start Airflow's processes, see that they live, and stop them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2

from scorecard.orchestration import postgres
from scorecard.orchestration.local.home import Home, Unsuitable, addresses, environment

# No triggerer: no task of ours defers. No log server: everything is on this machine.
COMPONENTS = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
}
_PATIENCE = 10.0


@dataclass(frozen=True)
class Running:
    """An Airflow that runs: its port, since when (seconds of the epoch), and its processes.

    A process is known by its number and the moment it began: a number alone may be used again.
    """

    port: int
    since: float
    processes: Mapping[str, tuple[int, float]]


def find(home: Home) -> Running | None:
    """The Airflow that runs in a home; None if none does, or only a part of it."""
    running = _noted(home)
    return running if running and not dead(running) else None


def start(home: Home, port: int) -> Running:
    """Start the databases and then Airflow's processes on a free port."""
    _end(home)
    if not home.settings.database_url:
        postgres.start(home.postgres)
    given = environment(home, port)
    _migrate(home, given)
    since = time.time()
    processes = {name: _launch(home, name, given) for name in COMPONENTS}
    running = Running(port, since, processes)
    home.running.write_text(json.dumps(vars(running)))
    return running


def stop(home: Home) -> None:
    """Stop Airflow's processes and the embedded databases of a home."""
    _end(home)
    if not home.settings.database_url:
        postgres.stop(home.postgres)


def dead(running: Running) -> str | None:
    """The name of a process that has ended by itself, if one has."""
    gone = (name for name, process in running.processes.items() if not _lives(process))
    return next(gone, None)


def log_of(home: Home, component: str) -> Path:
    """Where a process of Airflow writes what it says."""
    return home.logs / f"{component}.log"


def free_port(wanted: int | None = None) -> int:
    """A port that nobody listens on: the wanted one if it is free."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise Unsuitable("no port is free on this machine. Stop a server that is no longer needed.")


def command(name: str) -> str:
    """The path of a command of this Python's environment, such as airflow."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise Unsuitable(f"the command {name} is missing. Delete .venv and run `make pack` again.")
    return found


def _launch(home: Home, name: str, given: dict[str, str]) -> tuple[int, float]:
    with log_of(home, name).open("wb") as log:
        process = subprocess.Popen(
            [command("airflow"), *COMPONENTS[name]],
            env=given, cwd=home.airflow, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    return process.pid, psutil.Process(process.pid).create_time()


def _migrate(home: Home, given: dict[str, str]) -> None:
    """Bring Airflow's own tables to its newest schema; skipped when they are there already."""
    stamp = home.airflow / "migrated.txt"
    installed = _installed_airflow()
    if stamp.exists() and stamp.read_text() == f"{installed} {_schema(home)}":
        return
    log = log_of(home, "migrate")
    with log.open("wb") as output:
        done = subprocess.run(
            [command("airflow"), "db", "migrate"],
            env=given, cwd=home.airflow, stdout=output, stderr=output, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise Unsuitable(
            f"Airflow's database could not be brought up to date. Read {log}; with a server of "
            "your own, make sure that it has a database named airflow."
        )
    stamp.write_text(f"{installed} {_schema(home)}")


def _installed_airflow() -> str:
    from importlib.metadata import version

    return version("apache-airflow")


def _schema(home: Home) -> str:
    """The version of the tables that Airflow's database holds; empty if it holds none."""
    try:
        connection = psycopg2.connect(addresses(home)[0].replace("+psycopg2", ""))
    except psycopg2.OperationalError:
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select version_num from alembic_version")
            row = cursor.fetchone()
            return str(row[0]) if row else ""
    except psycopg2.errors.UndefinedTable:
        return ""
    finally:
        connection.close()


def _noted(home: Home) -> Running | None:
    with suppress(FileNotFoundError, ValueError, TypeError):
        return Running(**json.loads(home.running.read_text()))
    return None


def _lives(process: tuple[int, float]) -> bool:
    number, began = process
    with suppress(ChildProcessError):
        os.waitpid(number, os.WNOHANG)  # a child of this process that has ended is not kept
    try:
        found = psutil.Process(number)
        return bool(found.create_time() == began) and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _end(home: Home) -> None:
    """Stop what is left of Airflow's processes in a home, gently at first."""
    running = _noted(home)
    if running is None:
        return
    # Airflow's processes pass an interrupt on to their own; only the last resort hits them all.
    for sent in (signal.SIGINT, signal.SIGTERM):
        for number, began in running.processes.values():
            if _lives((number, began)):
                os.kill(number, sent)
        if _all_gone(running):
            break
    _kill_orphans(home, running)
    home.running.unlink(missing_ok=True)


def _kill_orphans(home: Home, running: Running) -> None:
    """End what Airflow's processes have left behind; each still stands in the home's folder."""
    sessions = {number for number, _ in running.processes.values()}
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if os.getsid(process.pid) in sessions and process.cwd() == str(home.airflow):
                process.kill()


def _all_gone(running: Running) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if not any(_lives(process) for process in running.processes.values()):
            return True
        time.sleep(0.05)
    return False
