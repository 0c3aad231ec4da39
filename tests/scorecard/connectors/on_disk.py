"""A folder of this machine that a test puts files into, and what a connection says of it."""

import os

from scorecard.connectors.companion import pack
from scorecard.objects import sha256_of


class OnDisk:
    """A folder that a test puts files into; a connection reads it from wherever it is."""

    def __init__(self, root, connection):
        self.root, self.connection = root, connection
        (root / "tickets").mkdir(parents=True)

    def put(self, name, content, at=None):
        path = self.root / "tickets" / name
        path.write_bytes(content)
        if at:
            os.utime(path, (at, at))

    def names(self):
        there = (self.root / "tickets").rglob("*")
        return sorted(str(p.relative_to(self.root / "tickets")) for p in there if p.is_file())


def fields(**extra):
    return {"settle_seconds": "0.05", **extra}


def hash_of_pair(folder, file, companion):
    """The hash of the archive that a file and its companion become."""
    parts = [folder / name for name in ("one", "its companion", "both")]
    for part, content in zip(parts, (file, companion, b""), strict=True):
        part.write_bytes(content)
    pack(*parts)
    return sha256_of(parts[-1])
