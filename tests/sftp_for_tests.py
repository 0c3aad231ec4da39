"""An SFTP server of the tests' own: OpenSSH's, on the loopback address, with keys thrown away."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from mariadb_for_tests import free_port

REPOSITORY = Path(__file__).resolve().parent.parent
# Debian's package may be installed, or unpacked by `make test`.
PLACES = f"/usr/sbin:/usr/local/sbin:{REPOSITORY / 'build/openssh/usr/sbin'}"


def runs(path):
    """Whether a program finds its libraries: a shell says 127 of one that does not."""
    found = subprocess.run([path, "-?"], capture_output=True, check=False) if path else None
    return path if found and found.returncode != 127 else None


SERVER = runs(shutil.which("sshd", path=PLACES))
WHY_NOT = "There is no SFTP server: apt-get install openssh-server"
CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
"""


class SftpServer:
    """A server that knows one user by a key, and is known by its own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="scorecard-sftp-"))
        for name in ("host_key", "user_key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)]
            subprocess.run(command, check=True)
        self.port = free_port()
        self.user = pwd.getpwuid(os.getuid()).pw_name
        config = self.folder / "config"
        config.write_text(CONFIG.format(port=self.port, folder=self.folder))
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [SERVER, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL
        )
        self.host_key = (self.folder / "host_key.pub").read_text()
        self.user_key = (self.folder / "user_key").read_text()
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("sshd did not start.")

    def stop(self):
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
