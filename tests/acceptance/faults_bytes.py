"""A fault for the check of bytes.py."""

from sealing import replacing, seal


def pk_60(folder):
    """The page was made at another moment, and says so."""
    replacing(folder / "report.html", b"</body>", b"<!-- made at 09:31 --></body>")
    seal(folder)


FAULTS = {"PK-60": pk_60}
