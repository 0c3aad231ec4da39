"""A database opened for reading by a connection of Airflow: the driver, the limits, the errors."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy import Connection as Session
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from scorecard.connectors import Ask, Away, CannotFetch, Connection

# The types of Airflow's connections, and the driver that each is opened with.
DRIVERS = {
    "postgres": "postgresql+psycopg2",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "oracle": "oracle+oracledb",
    "mssql": "mssql+pymssql",
}
PATIENCE = 20  # seconds in which a database has to answer a sign-in
LONGEST = 3600  # seconds that a query may take, unless the connection says otherwise
# Extra fields of ours; all others are handed to the driver, as Airflow's own hooks do.
_OURS = ("driver", "service_name", "sid", "statement_seconds")

# What a session is told before it reads: not to write, which clock to show, when to give up.
_SESSIONS: Mapping[str, tuple[str, ...]] = {
    "postgresql": (
        "set transaction read only",
        "set local time zone 'UTC'",
        "set local statement_timeout = {milliseconds}",
    ),
    # ANSI_QUOTES: names between double quotes, as everywhere else.
    "mysql": (
        "set session time_zone = '+00:00', sql_mode = concat(@@sql_mode, ',ANSI_QUOTES'), "
        "max_execution_time = {milliseconds}",
        "set session transaction read only",
    ),
    "mariadb": (
        "set session time_zone = '+00:00', sql_mode = concat(@@sql_mode, ',ANSI_QUOTES'), "
        "max_statement_time = {seconds}",
        "set session transaction read only",
    ),
    "oracle": ("alter session set time_zone = 'UTC'", "set transaction read only"),
}
_LIMITS: Mapping[str, Mapping[str, str]] = {  # arguments of drivers that say how long to wait
    "psycopg2": {"connect_timeout": "patience"},
    "pymysql": {"connect_timeout": "patience", "read_timeout": "patience"},
    "oracledb": {"tcp_connect_timeout": "patience"},
    "pymssql": {"login_timeout": "patience", "timeout": "seconds"},
}

_NOT_NOW = re.compile(r"starting up|shutting down|too many|recovery mode|\b1040\b|ORA-0?12516")
_SIGN_IN = re.compile(
    r"FATAL|\b(1044|1045|1049|1698|18456|4060)\b|ORA-0?(1017|28000|12514|1005)|authenticat|denied",
    re.I,
)
_TIME = re.compile(
    r"statement timeout|\b(1969|3024)\b|max_statement_time|ORA-0?3156|DPY-4024|timed out", re.I
)
_OF_VALUE = re.compile(
    r"invalid input|out of range|conver|incorrect|truncated|invalid number", re.I
)
_BROKEN = re.compile(
    r"\b(2002|2003|2006|2013|2055)\b|server closed|connection.*(closed|lost|reset|terminated)"
    r"|terminating connection|DPY-(4011|1001)|ORA-0?(3113|3114|1089|3135)|Lost connection",
    re.I,
)


@contextmanager
def session(ask: Ask) -> Iterator[Session]:
    """A session that can only read; CannotFetch or Away if it cannot be had, or breaks."""
    connection = ask.connection
    if connection is None:
        raise CannotFetch(f"{ask.named}: there is none. Make it in Airflow (Admin, Connections).")
    seconds = _seconds(ask.named, connection)
    engine = _engine(ask, connection, seconds)
    try:
        with _opened(ask, connection, engine) as opened, _told(ask, connection, seconds):
            _begin(opened, seconds)
            yield opened
    finally:
        engine.dispose()


def _seconds(named: str, connection: Connection) -> int:
    given = str(connection.extra.get("statement_seconds", LONGEST))
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise CannotFetch(
            f"{named}: statement_seconds is no whole number above 0. Correct its extra fields."
        )
    return int(given)


def address(named: str, connection: Connection) -> URL:
    """Where the database is, with the sign-in; its text hides the password."""
    driver = connection.extra.get("driver") or DRIVERS.get(connection.kind)
    if not driver:
        raise CannotFetch(
            f"{named}: no driver is known for its type '{connection.kind}'. Use one of "
            f"{', '.join(DRIVERS)}, or name SQLAlchemy's in the extra field driver."
        )
    services = {k: str(connection.extra[k]) for k in ("service_name",) if k in connection.extra}
    return URL.create(
        driver,
        connection.login or None,
        connection.password or None,
        connection.host or None,
        connection.port,
        connection.extra.get("sid") or (None if services else connection.schema or None),
        services,
    )


def _engine(ask: Ask, connection: Connection, seconds: int) -> Engine:
    url = address(ask.named, connection)
    limits = {"patience": PATIENCE, "seconds": seconds}
    try:
        named = _LIMITS.get(url.get_driver_name(), {})
        arguments = {name: limits[value] for name, value in named.items()}
        arguments |= {k: v for k, v in connection.extra.items() if k not in _OURS}
        return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        why = connection.without_secrets(str(error))
        raise CannotFetch(
            f"{ask.named}: its driver cannot be used ({why}). Install it, or correct driver."
        ) from None


@contextmanager
def _opened(ask: Ask, connection: Connection, engine: Engine) -> Iterator[Session]:
    """The session after the sign-in. What a driver says of a failure may be of any type."""
    try:
        opened = engine.connect()
    except Exception as error:
        why = connection.without_secrets(str(getattr(error, "orig", None) or error))
        if _SIGN_IN.search(why) and not _NOT_NOW.search(why):
            raise CannotFetch(
                f"{ask.named}: the database refuses the sign-in ({why}). Correct the connection "
                "in Airflow, or ask the database's team for the right to read."
            ) from None
        raise Away(
            f"{ask.named}: the database does not answer ({why}). It is asked again; if that does "
            "not help, correct host and port of the connection, or ask for the way to it."
        ) from None
    try:
        yield opened
    finally:
        opened.close()


def _begin(opened: Session, seconds: int) -> None:
    kind = "mariadb" if getattr(opened.dialect, "is_mariadb", False) else opened.dialect.name
    for line in _SESSIONS.get(kind, ()):
        opened.execute(text(line.format(seconds=seconds, milliseconds=seconds * 1000)))
    driver: Any = opened.connection.dbapi_connection
    if kind == "oracle":
        driver.call_timeout = seconds * 1000
    if opened.dialect.driver == "pymysql":
        driver._read_timeout = seconds + PATIENCE  # it has one limit for the sign-in and for rows


@contextmanager
def _told(ask: Ask, connection: Connection, seconds: int) -> Iterator[None]:
    """What breaks while rows are read, in three parts and without secrets or rows."""
    try:
        yield
    except DBAPIError as error:
        # What a database says of a value quotes it, and a row may be of a person.
        said = str(error.orig).partition("\n")[0]
        of_value = isinstance(error, DataError) or _OF_VALUE.search(said)
        why = "a value cannot be converted" if of_value else connection.without_secrets(said)
        raise _as_ours(ask, why, seconds) from None
    except SQLAlchemyError as error:  # its text holds the whole query
        raise _as_ours(ask, type(error).__name__, seconds) from None


def _as_ours(ask: Ask, why: str, seconds: int) -> CannotFetch | Away:
    where = f"{ask.system}.sql, {ask.month}"
    if _TIME.search(why):
        return CannotFetch(
            f"{where}: the database took longer than {seconds:,} seconds. Ask for an index on the "
            f"column that dates a row, or raise statement_seconds of {ask.named}."
        )
    if _BROKEN.search(why):
        return Away(
            f"{where}: the database broke off while it was read ({ask.named}). It is asked again "
            "from the start; nothing of the answer was kept."
        )
    return CannotFetch(
        f"{where}: the database refuses the query ({why}). Correct include/sql/extract/"
        f"{ask.system}.sql, or ask the database's team for the right to read its tables."
    )
