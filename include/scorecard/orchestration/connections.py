"""What Airflow's connections hold. Their secrets reach the package as values, and nothing else."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorecard.connectors import Connection


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
    from scorecard import council, settings
    from scorecard.connectors import Connection

    feed = council.feeds_in(settings.read().council)[source]
    given = found(feed.connection_id)
    if given is None and feed.connector != "folder":
        raise MissingConnection(
            f"connection {feed.connection_id}: Airflow has none of this name, and {source} is "
            f"fetched by it. Make it under Admin, Connections, or correct feeds.yaml."
        )
    return given and Connection(
        name=feed.connection_id,
        kind=given.conn_type or "",
        host=given.host or "",
        port=given.port,
        login=given.login or "",
        password=given.password or "",
        schema=given.schema or "",
        extra=given.extra_dejson,
    )
