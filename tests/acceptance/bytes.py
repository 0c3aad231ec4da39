"""PK-60: the same records give the same bytes in another place, language, time zone and order."""

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[2] / "include"
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "7",
}
MADE_AGAIN = """
import pickle, sys
from pathlib import Path
from scorecard.draft import render
from scorecard.packs.build import build
for path, data in render(build(pickle.loads(Path(sys.argv[1]).read_bytes()))).items():
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
"""


def pk_60(pack):
    """Every file built again from its records, in another process, is the same to the byte."""
    with tempfile.TemporaryDirectory(prefix="elsewhere ") as name:
        told, folder = Path(name) / "records.pickle", Path(name) / "made again"
        told.write_bytes(pickle.dumps(pack.records))
        folder.mkdir()
        environment = {**os.environ, **ELSEWHERE, "PYTHONPATH": str(INCLUDE)}
        command = [sys.executable, "-c", MADE_AGAIN, str(told)]
        made = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if made.returncode:
            return [f"the pack cannot be made again: {made.stderr.strip()[-300:]}"]
        return [
            f"{path}: is not the same when it is made again"
            for path in sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
            if not _same(pack.folder / path, folder / path)
        ]


def _same(one, other):
    return one.is_file() and one.read_bytes() == other.read_bytes()


CHECKS = {"PK-60": pk_60}
