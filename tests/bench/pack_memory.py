"""The seconds and the memory that a pack takes, in a process that does nothing else.

The content comes pickled on standard input. `size`: a workbook of 20 tables and 4,000 rows, from
its content. `all`: every format of the content as it is. Prints the seconds, the process's peak
when it began, when it held the content and when all was written, and that of typst's own process,
in MB, as JSON.
"""

import json
import pickle
import resource
import sys
import time
from dataclasses import replace

from tests.bench.held import peak

TABLES, ROWS = 20, 4000
NEEDED = ("Contents", "Chart_data")  # the workbook links and draws by them


def of_size(content):  # type: ignore[no-untyped-def]
    """A content cut to so many tables and rows: of long tables, as large a part of each."""
    sheets = [s for s in content.sheets if s.name in NEEDED]
    others = [s for s in content.sheets if s.name not in NEEDED][: TABLES - len(sheets)]
    left = ROWS - sum(len(s.rows) for s in sheets)
    share = left / sum(len(s.rows) for s in others)
    cut = [replace(s, rows=s.rows[: max(1, round(len(s.rows) * share))]) for s in others]
    return replace(content, sheets=(*sheets, *cut))


def main(what: str) -> None:
    """Read, render, and print what it took."""
    python = peak()
    content = pickle.load(sys.stdin.buffer)
    held = peak()
    from scorecard import draft  # what it needs is part of what rendering takes
    from scorecard.packs import workbook

    chosen = of_size(content) if what == "size" else content
    started = time.perf_counter()
    workbook.write(chosen) if what == "size" else draft.render(chosen)
    rows = sum(len(sheet.rows) for sheet in chosen.sheets)
    typst = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = {"seconds": time.perf_counter() - started, "python": python, "content": held,
            "written": peak(), "typst": typst,
            "tables": len(chosen.sheets), "rows": rows}  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
