"""Where a web service is: the connection's own host, by https, and no other."""

from ipaddress import ip_address

import httpx

from scorecard.connectors import CannotFetch, Connection
from scorecard.names import one_line


def home_of(connection: Connection) -> httpx.URL:
    """The address of a connection's host, with its path if it has one."""
    host = connection.host.strip()
    scheme = connection.schema if connection.schema in ("http", "https") else "https"
    try:
        url = httpx.URL(host if "://" in host else f"{scheme}://{host}")
    except httpx.InvalidURL:
        url = httpx.URL("")
    if not url.host or url.userinfo or url.query:
        raise CannotFetch(
            f"connection {connection.name}: its host is no address such as "
            "https://desk.example.gov.uk. Correct it, without login, password or parameters."
        )
    return secure(
        url.copy_with(port=connection.port or url.port, path=url.path.rstrip("/")),
        f"connection {connection.name}",
    )


def secure(url: httpx.URL, named: str) -> httpx.URL:
    """An address that nobody on the way can read; on this machine itself, any."""
    if url.scheme == "https" or (url.scheme == "http" and _is_this_machine(url.host)):
        return url
    raise CannotFetch(
        f"{named}: {plain(url.host)} is not asked by https, so that anybody on the way could read "
        "the secret. Write the address with https://."
    )


def tokens_at(url: str, named: str, system: str) -> httpx.URL:
    """The address that gives tokens."""
    try:
        return secure(httpx.URL(url), named)
    except httpx.InvalidURL:
        raise CannotFetch(
            f"{named}: token_url is no address. Correct it in include/rest/{system}.yaml, or in "
            "the connection's Extra."
        ) from None


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def joined(url: httpx.URL, link: str, home: httpx.URL, named: str) -> httpx.URL:
    """The address to which a link leads; CannotFetch if it is none, or another host's."""
    try:
        found = url.join(link)
    except httpx.InvalidURL:
        raise CannotFetch(
            f"{named}: {home.host} names a next page that is no address. Ask its supplier."
        ) from None
    same = (found.scheme, found.host, found.port) == (home.scheme, home.host, home.port)
    if same and not found.userinfo:  # a login in it would be said in place of the secret
        return found
    raise CannotFetch(
        f"{named}: {home.host} sends us to another host ({plain(found.host)}), to which the secret "
        "is not shown. See whether the connection names the right host."
    )


def plain(text: str) -> str:
    """A short text of the service, as a log can hold it."""
    return one_line(text[:80])
