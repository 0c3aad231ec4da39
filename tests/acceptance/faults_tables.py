"""A fault for each check of tables.py."""

from faults_figures import altered
from sealing import replacing, seal

SUMMARY, SERIES = "kpi_summary.csv", "kpi_series.csv"


def pk_40(folder):
    """A field is of another type than its description says."""
    file = folder / "data" / SUMMARY
    head, first, *rest = file.read_bytes().split(b"\r\n")
    state = first.replace(b",false,", b",maybe,", 1)
    file.write_bytes(b"\r\n".join([head, state, *rest]))
    seal(folder)


def pk_41(folder):
    """Lines end as on Linux."""
    replacing(folder / "data" / SERIES, b"\r\n", b"\n", -1)
    seal(folder)


def pk_42(folder):
    """A row is there twice, and the description names no key that a reader would check."""
    file = folder / "data" / SERIES
    lines = file.read_bytes().split(b"\r\n")
    file.write_bytes(b"\r\n".join([*lines[:2], *lines[1:]]))
    seal(folder)


def pk_43(folder):
    """A marker stands among the words of a row."""
    altered(folder / "data" / SUMMARY, lambda row: True, theme="Budget [p]")
    seal(folder)


FAULTS = {"PK-40": pk_40, "PK-41": pk_41, "PK-42": pk_42, "PK-43": pk_43}
