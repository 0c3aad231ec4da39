"""What Airflow's connections hold. Their secrets reach the package as values, and nothing else."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorecard.connectors import Connection
    from scorecard.governance import Feed


class MissingConnection(LookupError):
    """A feed whose connection nobody has made."""


def found(name: str) -> Any:
    """A connection of Airflow; None if there is none of that name."""
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return Connection.get(name)
    except AirflowNotFoundException:
        return None


def connection_of(source: str) -> "Connection | None":
    """The connection by which a source is fetched; none for a folder that is the inbox."""
    from scorecard import connectors

    feed = _feed(source)
    given = _read(feed.connection_id)
    if given is None and feed.connector != "folder" and connectors.needs_its_own(feed):
        raise _missing(feed.connection_id, source)
    return given


def own_connections_of(source: str) -> "dict[str, Connection]":
    """The connections of a source's systems that are not fetched by the source's, by system."""
    feed = _feed(source)
    own = {}
    for system, name in feed.connections.items() if feed.connector != "folder" else ():
        given = _read(name)
        if given is None:
            raise _missing(name, system)
        own[system] = given
    return own


def _feed(source: str) -> "Feed":
    from scorecard import council, settings

    return council.feeds_in(settings.read().council)[source]


def _missing(name: str, what: str) -> MissingConnection:
    return MissingConnection(
        f"connection {name}: Airflow has none of this name, and {what} is fetched by it. Make it "
        f"under Admin, Connections, or as AIRFLOW_CONN_{name.upper()} in the environment, or "
        "correct feeds.yaml."
    )


def _read(name: str) -> "Connection | None":
    from scorecard.connectors import Connection

    given = found(name)
    return given and Connection(
        name=name,
        kind=given.conn_type or "",
        host=given.host or "",
        port=given.port,
        login=given.login or "",
        password=given.password or "",
        schema=given.schema or "",
        extra=given.extra_dejson,
    )
