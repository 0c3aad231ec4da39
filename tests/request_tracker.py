"""Request Tracker 5 of Debian, with a database of its own, as a desk that nobody here wrote."""

import os
import shutil
import socket
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

SERVER = Path("/usr/share/request-tracker5/libexec/rt-server")
# What Debian's rt5-db-sqlite made when it was installed: an empty desk.
EMPTY = Path("/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb")
PASSWORD = "s3cret-of-the-desk"
_CONFIG = """
Set($rtname, 'exampleshire');
Set($Organization, 'exampleshire.gov.uk');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rtdb');
Set($Timezone, 'Europe/London');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($MasonDataDir, '{folder}/mason');
Set($MasonSessionDir, '{folder}/session');
Set($MailCommand, 'testfile');
1;
"""
_NEW_PASSWORD = f"""
use RT -init; my $user = RT::User->new(RT->SystemUser);
$user->Load('root'); my ($done, $why) = $user->SetPassword('{PASSWORD}'); die $why unless $done;
"""


def why_not():
    """Why there can be no desk on this machine; empty if there can."""
    if not SERVER.exists():
        return "Request Tracker is not installed: apt-get install request-tracker5 rt5-db-sqlite"
    if not os.access(EMPTY, os.R_OK):
        return f"{EMPTY} cannot be read by this user: run the tests as root, or let it be read"
    return ""


class Desk:
    """A desk that runs, asked as any client asks it."""

    def __init__(self, url, folder):
        self.url, self._folder = url, folder
        self._client = httpx.Client(base_url=f"{url}/REST/2.0", auth=("root", PASSWORD), timeout=30)

    def open(self, subject, **keys):
        """The number of a new ticket."""
        asked = {"Queue": "General", "Subject": subject, "Priority": "50", **keys}
        return int(self._client.post("/ticket", json=asked).raise_for_status().json()["id"])

    def change(self, ticket, **keys):
        self._client.put(f"/ticket/{ticket}", json=keys).raise_for_status()

    def happened(self, ticket, **moments):
        """Date what was done to a ticket: a desk dates everything by its own clock."""
        with sqlite3.connect(self._folder / "rtdb", timeout=30) as database:
            for column, moment in moments.items():
                database.execute(f"update Tickets set {column} = ? where id = ?", (moment, ticket))

    def answers(self):
        try:
            return self._client.get("/rt").is_success
        except httpx.TransportError:
            return False


@contextmanager
def running(folder):
    """A desk on a port of its own, stopped when the block ends."""
    for part in ("mason", "session", "more"):
        (folder / part).mkdir()
    shutil.copyfile(EMPTY, folder / "rtdb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "RT_SiteConfig.pm").write_text(_CONFIG.format(port=port, folder=folder))
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder),
        "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
        "RT_SITE_CONFIG_DIR": str(folder / "more"),
    }  # fmt: skip
    password = ["perl", f"-I{SERVER.parent.parent}/lib", "-e", _NEW_PASSWORD]
    subprocess.run(password, env=environment, check=True, capture_output=True, timeout=60)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(SERVER), "--host", "127.0.0.1", "--port", str(port)],
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            desk = Desk(f"http://127.0.0.1:{port}", folder)
            for _ in range(300):
                if desk.answers():
                    break
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield desk
        finally:
            server.terminate()
            server.wait(10)
