"""A folder of a server: SFTP, S3 or Azure Blob, by a connection of Airflow, through fsspec."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import fsspec
from fsspec import AbstractFileSystem

from scorecard.connectors import Ask, Away, CannotFetch, Connection
from scorecard.connectors.shelf import Seen, Shelf

# Errors of the libraries by their names, so that no library is imported that a council has not.
_SIGN_IN = re.compile(
    r"authenticat|Credential|PasswordRequired|PermissionError|AccessDenied|AuthorizationFailure"
    r"|malformed",
    re.I,
)
_LONGEST = 200  # letters of what a library says: some say a whole page
_HOST_KEY = re.compile(r"BadHostKey|host key|known_hosts")


@dataclass(frozen=True)
class Remote:
    """A folder of a server, whose errors are told in three parts and without secrets."""

    ask: Ask
    connection: Connection
    files: AbstractFileSystem
    root: str

    def look(self) -> list[Seen]:
        with _told(self.ask, self.connection, f"folder {self.root}"):
            entries = self.files.ls(self.root, detail=True, **_FRESH.get(self.connection.kind, {}))
        return [self._seen(entry) for entry in entries if entry["type"] == "file"]

    def mark(self, name: str) -> Hashable:
        with _told(self.ask, self.connection, name, is_file=True):
            return self._seen(self.files.info(self._place(name))).mark

    def copy(self, name: str, to: Path) -> None:
        with _told(self.ask, self.connection, name, is_file=True):
            self.files.get_file(self._place(name), str(to))

    def move(self, name: str, to: str) -> None:
        with _told(self.ask, self.connection, name, is_file=True):
            place, target = self._place(name), self._place(to)
            if self.connection.kind == "sftp":
                self.files.makedirs(target.rpartition("/")[0], exist_ok=True)
                self.files.mv(place, target)
            else:  # whose `mv` would move every file that a name with a star is like
                self.files.cp_file(place, target)
                self.files.rm_file(place)

    def _place(self, name: str) -> str:
        return f"{self.root}/{name}"

    def _seen(self, entry: Mapping[str, Any]) -> Seen:
        changed = _changed(entry)
        mark = (entry["size"], changed, entry.get("ETag") or entry.get("etag"))
        name = str(entry["name"]).removeprefix(self.root.strip("/") + "/")
        name = name.removeprefix(self.root + "/")
        return Seen(name, entry["size"], changed, int(changed.timestamp() * 1_000_000), mark)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        close = getattr(getattr(self.files, "client", None), "close", None)
        if self.connection.kind == "sftp" and close:
            close()


# A listing that was kept from an earlier look would show nothing new.
_FRESH = {"aws": {"refresh": True}, "wasb": {"invalidate_cache": True}}


def _changed(entry: Mapping[str, Any]) -> datetime:
    found = next(entry[k] for k in ("mtime", "LastModified", "last_modified") if k in entry)
    return found.astimezone(UTC) if isinstance(found, datetime) else datetime.fromtimestamp(
        found, UTC
    )  # fmt: skip


def opened(ask: Ask, connection: Connection) -> Shelf:
    """The feed's folder on a connection's server; CannotFetch or Away if it cannot be had."""
    if connection.kind not in _SYSTEMS:
        raise CannotFetch(
            f"{ask.named}: a folder cannot be read by a connection of the type "
            f"'{connection.kind}'. Use one of fs, {', '.join(_SYSTEMS)}."
        )
    path = str(connection.extra.get("path") or "").rstrip("/")
    if not path and connection.kind != "sftp":
        raise CannotFetch(
            f"{ask.named}: does not say where its folders lie. Add path to its extra fields, such "
            "as bucket/extracts."
        )
    with _told(ask, connection, "the sign-in"):
        files = _SYSTEMS[connection.kind](ask, connection)
    return Remote(ask, connection, files, f"{path or '.'}/{ask.feed.folder}")


def _is_of_one_file(error: Exception) -> bool:
    """Whether a server that answers said of one file that it is gone, closed or cannot be read.

    SFTP's "Failure" is an OSError and no kind of it; but so is what is said of a closed socket.
    """
    if isinstance(error, FileNotFoundError | PermissionError):
        return True
    return type(error) is OSError and "closed" not in str(error)


@contextmanager
def _told(ask: Ask, connection: Connection, what: str, is_file: bool = False) -> Iterator[None]:
    """What a library says of a failure, in three parts. Of one file, that it is gone or closed."""
    try:
        yield
    except (CannotFetch, Away):
        raise
    except Exception as error:
        if is_file and _is_of_one_file(error):
            raise
        why = connection.without_secrets(f"{type(error).__name__}: {error}")[:_LONGEST]
        if _HOST_KEY.search(why):
            raise CannotFetch(
                f"{ask.named}: the server's host key is not the one that was agreed ({why}). Ask "
                "its team whether it has a new one; only then correct host_key."
            ) from None
        if _SIGN_IN.search(why):
            raise CannotFetch(
                f"{ask.named}: the server refuses {what} ({why}). Correct the connection in "
                "Airflow, or ask its team for the right to read."
            ) from None
        if isinstance(error, FileNotFoundError):
            raise CannotFetch(
                f"{ask.named}: {what} is not there. Correct path of the connection, or folder in "
                "feeds.yaml."
            ) from None
        raise Away(
            f"{ask.named}: the server does not answer ({why}). It is asked again; if that does not "
            "help, correct host and port of the connection, or ask for the way to it."
        ) from None


def _sftp(ask: Ask, connection: Connection) -> AbstractFileSystem:
    from scorecard.connectors.sftp import sftp

    return sftp(ask, connection)


def _s3(_: Ask, connection: Connection) -> AbstractFileSystem:
    extra = connection.extra
    client = {k: extra[k] for k in ("endpoint_url", "region_name") if extra.get(k)}
    return fsspec.filesystem(
        "s3",
        key=connection.login or None,
        secret=connection.password or None,
        token=extra.get("aws_session_token"),
        client_kwargs=client,
        config_kwargs={"connect_timeout": 20, "read_timeout": 60, "retries": {"max_attempts": 3}},
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def _blob(_: Ask, connection: Connection) -> AbstractFileSystem:
    names = ("connection_string", "sas_token", "account_host", "tenant_id", "client_id",
             "client_secret")  # fmt: skip
    extra = {name: connection.extra[name] for name in names if connection.extra.get(name)}
    return fsspec.filesystem(
        "abfs",
        account_name=connection.login or None,
        account_key=connection.password or None,
        use_listings_cache=False,
        skip_instance_cache=True,
        **extra,
    )


_SYSTEMS: dict[str, Callable[[Ask, Connection], AbstractFileSystem]] = {
    "sftp": _sftp,
    "aws": _s3,
    "wasb": _blob,
}
