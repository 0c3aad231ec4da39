"""Where one machine's Airflow lives, its secrets, and the environment its processes are given."""

import fcntl
import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scorecard import settings
from scorecard.orchestration import HASH_KEY, SIGNING_KEY, postgres


@dataclass(frozen=True)
class User:
    """One who may sign in: the role in Airflow, and what that and roles.yaml let them do."""

    role: str
    may: str


USERS = {
    "admin": User("admin", "change Airflow itself, and do what an officer does"),
    "officer": User("user", "start runs, read drafts, write commentary"),
    "approver": User("user", "the same, approve what others drafted, read the audit"),
    "steward": User("user", "the same as officer, see rows that were set aside, read the audit"),
    "viewer": User("viewer", "read published packs that are for everybody"),
}


class Busy(RuntimeError):
    """Another command works on the same home."""


class Unsuitable(RuntimeError):
    """Something outside Scorecard stands in the way; the message says what to do."""


@dataclass(frozen=True)
class Home:
    """One home: its settings and its folders."""

    settings: settings.Settings

    @property
    def airflow(self) -> Path:
        return self.settings.home / "airflow"

    @property
    def postgres(self) -> Path:
        return self.settings.home / "postgres"

    @property
    def logs(self) -> Path:
        return self.airflow / "logs"

    @property
    def running(self) -> Path:
        """The note that names the processes of a running Airflow."""
        return self.airflow / "running.json"

    @property
    def passwords(self) -> Path:
        return self.airflow / "passwords.json"


def open_home() -> Home:
    """The home that SCORECARD_HOME names, with its folders and secrets in place."""
    home = Home(settings.read())
    # It holds persons' data as received: nobody else may look into it.
    home.settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.logs.mkdir(parents=True, exist_ok=True)
    home.settings.inbox.mkdir(exist_ok=True)
    _secret_file(home.passwords, {user: secrets.token_urlsafe(9) for user in USERS})
    return home


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Keep other commands away from a home; Busy if one is at work there."""
    with (home.airflow / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                f"{home.settings.home}: another make command is at work there. Wait until it has "
                "finished, or choose another folder with SCORECARD_HOME."
            ) from None
        yield


def passwords(home: Home) -> dict[str, str]:
    """Each user's password."""
    return dict(json.loads(home.passwords.read_text()))


def addresses(home: Home) -> tuple[str, str]:
    """The addresses of Airflow's own database and of the register.

    With SCORECARD_DATABASE_URL, Airflow's tables are in the database `airflow` of that server.
    """
    register = home.settings.database_url
    if not register:
        return tuple(postgres.address(home.postgres, name) for name in postgres.DATABASES)  # type: ignore[return-value]
    server, question, options = register.partition("?")
    return f"{server.rpartition('/')[0]}/airflow{question}{options}", register


def environment(home: Home, port: int) -> dict[str, str]:
    """What Airflow's processes find in their environment; what a person has set is kept."""
    airflow_database, register = addresses(home)
    hidden = _secrets(home)
    repository = settings.REPOSITORY
    ours = {
        "SCORECARD_HOME": str(home.settings.home),
        "SCORECARD_DATABASE_URL": register,
        f"AIRFLOW_CONN_{HASH_KEY.upper()}": json.dumps(
            {"conn_type": "generic", "password": hidden["hash_key"]}
        ),
        f"AIRFLOW_CONN_{SIGNING_KEY.upper()}": json.dumps(
            {"conn_type": "generic", "password": hidden["signing_key"]}
        ),
        "AIRFLOW_HOME": str(home.airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(repository / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(repository / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "scorecard.orchestration.local.executor.WarmExecutor",
        "AIRFLOW__CORE__FERNET_KEY": hidden["fernet_key"],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(
            f"{name}:{user.role}" for name, user in USERS.items()
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home.passwords),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": airflow_database,
        "AIRFLOW__API_AUTH__JWT_SECRET": hidden["jwt_secret"],
        "AIRFLOW__API__SECRET_KEY": hidden["secret_key"],
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        # A task that has ended is noticed at the next heartbeat at the latest: not after 5 seconds.
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "30",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "False",
        "PYTHONPATH": str(settings.INCLUDE),
        "PYTHONDONTWRITEBYTECODE": "",  # compiled once, or every start is slow
        "NO_PROXY": "localhost,127.0.0.1",
        "no_proxy": "localhost,127.0.0.1",
    }
    wishes = {
        # A pack needs two or three heavy steps side by side, not thirty-two.
        "AIRFLOW__CORE__PARALLELISM": "3",
        # On one machine runs start by hand; True lets the DAGs run on their own days.
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    }
    return {**wishes, **os.environ, **ours}


def _secrets(home: Home) -> dict[str, str]:
    """The home's secrets, made up when it was new. The keys must never change after that."""
    return _secret_file(
        home.settings.home / "secrets.json",
        {
            "hash_key": secrets.token_hex(32),
            "signing_key": secrets.token_hex(32),
            "jwt_secret": secrets.token_hex(32),
            "secret_key": secrets.token_hex(32),
            "fernet_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        },
    )


def _secret_file(path: Path, fresh: dict[str, str]) -> dict[str, str]:
    """What a file that only its owner may read holds; what it lacks is taken from `fresh`."""
    kept = dict(json.loads(path.read_text())) if path.exists() else {}
    if not fresh.keys() <= kept.keys():
        kept = {**fresh, **kept}
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(kept, file, indent=2)
        beside.replace(path)
    return kept
