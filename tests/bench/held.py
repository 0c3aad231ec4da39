"""How much memory a process holds at most, with its children at the same moment."""

import resource
import subprocess
import sys
import time
from pathlib import Path

_EVERY = 0.05  # seconds


def run(command: list[str]) -> tuple[str, float]:
    """What a command prints, and how many MB it and its children held at most."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        most = 0.0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(_EVERY)
        assert process.stdout
        told = process.stdout.read()
    assert process.returncode == 0, command
    return told, most


def peak() -> float:
    """The MB that this process has held at most.

    Of a process of Linux, getrusage counts what its parent held when it began as well.
    """
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _held(process: int, counted: tuple[str, ...] = ("Rss",)) -> float:
    """The MB of a process, and what is not shared of all below it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0  # it has ended
    own = dict(line.split(":", 1) for line in lines)
    kb = sum(int(own[name].split()[0]) for name in counted)
    private = "Private_Clean", "Private_Dirty"
    return kb / 1024 + sum(_held(int(child), private) for child in below)
