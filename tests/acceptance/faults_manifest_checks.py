"""A fault for each check of manifest_checks.py."""

from sealing import telling

from scorecard.packs import manifest


def pk_50(folder):
    """A file lies in the folder that nobody listed."""
    (folder / "data" / "another.txt").write_text("x")


def pk_51(folder):
    """One byte of the signature is another."""
    file = folder / manifest.SIGNATURE
    data = file.read_bytes()
    file.write_bytes(bytes([data[0] ^ 1]) + data[1:])


def pk_52(folder):
    """The manifest names another version of a KPI than the one that was measured."""
    telling(folder, lambda told: told["measurement"]["kpis"][0].update(version=99))


FAULTS = {"PK-50": pk_50, "PK-51": pk_51, "PK-52": pk_52}
