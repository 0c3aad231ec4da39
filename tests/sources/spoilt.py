"""2,000 spoilt files of a format: each is refused in three parts, or every row is told."""

import re
import resource
import time
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from mutations import FORMATS, files
from reading import NOW, opened

from scorecard import settings
from scorecard.admission import Refused
from scorecard.intake import Arrived, lots_of, ready, stage_all
from scorecard.judge import judge
from scorecard.mapping import load

COUNT = 2000  # of each format
AT_ONCE = 500
NUMBERS = count(1)  # of files, each its own: what one leaves at the bench is no other's
MAPPING = """
system: payments
product: invented
table: spend
version: 1
grain: one row per payment
meets: by_key
key: [transaction_no]
month_from: [paid_on]
nulls: ["null"]
columns:
  paid_on: {from: [Paid]}
  transaction_no: {from: [No]}
  supplier: {from: [Supplier], empty: allowed}
  net_amount: {from: [Amount], numbers: [thousands, trailing_minus]}
cannot_map: {service: no, expense_code: no, vat_amount: no, capital_flag: no, directorate: no}
"""
THREE_PARTS = re.compile(r"(?s)^spoilt\.\w+(, [^:]+)?: .+\. \S.+")


@contextmanager
def a_bench(folder):
    """A bench of one thread, as a small worker has it."""
    with opened(settings.read({"SCORECARD_HOME": str(folder), "SCORECARD_THREADS": "1"})) as made:
        yield made


def staged(bench, made, folder, refused):
    """Every file as accept stages it; of each that is refused on the way, why."""
    kept = []
    for n, data in zip(NUMBERS, made, strict=False):
        path = folder / f"{n}.dat"
        path.write_bytes(data)
        try:
            kept.append(ready(bench, n, Arrived(path, "spoilt.dat", NOW), folder))
        except Refused as refusal:
            refused.append(str(refusal))
    for lot in lots_of(kept):
        yield from stage_all(bench, lot, lambda _, refusal: refused.append(str(refusal)))


def forget(bench, judged):
    for lot in {one.staged.lot for one in judged}:
        bench.connection.execute(
            f"drop view mapped_{lot}; drop table rows_{lot}; drop table aside_{lot}; "
            f"drop table pages_{lot}; drop table if exists starts_{lot}"
        )


def batches(name):
    """The spoilt files of a format with the mapping that reads them, some at a time."""
    for way in FORMATS[name]:
        made = files(name, way, COUNT // len(FORMATS[name]))
        for start in range(0, len(made), AT_ONCE):
            yield way, made[start : start + AT_ONCE]


def check_all(name, bench, folder):
    """Take in every spoilt file of a format; the assertions say what must hold of each."""
    accepted = told = 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for way, made in batches(name):
        (folder / "payments.yaml").write_text(f"{MAPPING}file: {way}\n")
        mapped = replace(bench, mappings={"payments": load(folder / "payments.yaml")})
        refused: list[str] = []
        began = time.process_time()
        with TemporaryDirectory(dir=bench.folder) as room:
            judged = judge(bench.connection, list(staged(mapped, made, Path(room), refused)))
        assert time.process_time() - began < 0.1 * len(made), "seconds of a processor"
        refused += [str(one.refusal) for one in judged if one.refusal]
        assert [refusal for refusal in refused if not THREE_PARTS.match(refusal)] == []
        for one in judged:
            rows = sum(number for _, number in one.months)
            assert one.staged.rows_received == rows + one.rows_set_aside, one.staged.n
        told += len(judged) + len(refused) - sum(one.refusal is not None for one in judged)
        accepted += sum(one.refusal is None for one in judged)
        forget(bench, judged)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert told == COUNT
    assert 0 < accepted < COUNT, "some files are still good, and not all"
    assert grown < 1024**2, "kilobytes: less than a gigabyte"
