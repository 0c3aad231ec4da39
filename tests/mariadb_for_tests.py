"""A MariaDB of the tests' own, where Debian's mariadb-server is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SERVER = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
WHY_NOT = "There is no MariaDB: apt-get install mariadb-server"


def free_port():
    """A port of this machine that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class MariaDB:
    """A server that listens on the loopback address; it keeps nothing when it is stopped."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="scorecard-mariadb-"))
        self.port = free_port()
        self.socket = self.folder / "socket"
        user = ["--user=root"] if os.geteuid() == 0 else []
        common = ["--no-defaults", f"--datadir={self.folder / 'data'}", *user]
        subprocess.run(
            ["mariadb-install-db", *common, "--skip-test-db",
             "--auth-root-authentication-method=normal"],
            check=True, capture_output=True,
        )  # fmt: skip
        careless = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"]
        small = ["--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--skip-log-bin"]
        self._process = subprocess.Popen(
            [SERVER, *common, *careless, *small, "--bind-address=127.0.0.1",
             f"--port={self.port}", f"--socket={self.socket}", "--character-set-server=utf8mb4"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(200):
            if self.socket.exists():
                return
            time.sleep(0.05)
        raise RuntimeError("MariaDB did not start.")

    def url(self, name="mysql"):
        """The address by which a test fills a database."""
        return f"mysql+pymysql://root@localhost/{name}?unix_socket={self.socket}&charset=utf8mb4"

    def stop(self):
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
