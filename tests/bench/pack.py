"""A quarter's pack rendered from its content: each format's seconds, and all of them together.

Beside pandas writing the same tables to a workbook without form, charts or descriptions. Reads the
newest measurement of the register; prints its parts as JSON.
"""

import io
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable

import pandas

from scorecard import draft, gather, settings
from scorecard.objects import open_store
from scorecard.packs import accessibility, open_data, pdf, webpage, workbook
from scorecard.packs.build import build
from scorecard.packs.content import PackContent
from scorecard.packs.records import Edition
from scorecard.period import FinancialQuarter
from scorecard.register import commentary, open_register, packs
from scorecard.stores import Stores


def content_of(quarter: str) -> PackContent:
    """What the whole pack of a measured quarter says."""
    chosen = settings.read()
    register = open_register(os.environ["SCORECARD_DATABASE_URL"])
    stores = Stores(register, open_store(chosen.store_url), chosen, b"", bytes(32))
    reading = packs.read(register, commentary.newest_measurement(register, quarter))
    edition = Edition(FinancialQuarter.parse(quarter), draft.VARIANT, "internal", 1, "draft", "")
    return build(gather.records_of(stores, reading, edition))


def by_pandas(content: PackContent) -> bytes:
    """The same tables as pandas writes them."""
    out = io.BytesIO()
    with pandas.ExcelWriter(out, engine="openpyxl") as book:
        for sheet in content.sheets:
            rows = [[cell.value for cell in row] for row in sheet.rows]
            table = pandas.DataFrame(rows, columns=list(sheet.columns))
            table.to_excel(book, sheet_name=sheet.name, index=False)
    return out.getvalue()


def alone(content: PackContent, what: str) -> dict[str, float]:
    """What a workbook of the agreed size takes, or all formats, in a process of its own."""
    alone = [sys.executable, "-m", "tests.bench.pack_memory", what]
    done = subprocess.run(alone, input=pickle.dumps(content), capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def main(quarter: str) -> None:
    """Render, and print what each format took."""
    content = content_of(quarter)
    ways: dict[str, Callable[[], object]] = {
        "workbook": lambda: workbook.write(content),
        "page": lambda: webpage.write(content),
        "document": lambda: pdf.write(content),
        "open data": lambda: open_data.write(content),
        "statement": lambda: accessibility.write(content),
        "all formats": lambda: draft.render(content),
        "pandas, tables only": lambda: by_pandas(content),
    }
    parts = {}
    for name, way in ways.items():
        started = time.perf_counter()
        way()
        parts[name] = time.perf_counter() - started
    rows = sum(len(sheet.rows) for sheet in content.sheets)
    told = {"parts": parts, "memory": alone(content, "all"), "size": alone(content, "size"),
            "sheets": len(content.sheets), "rows": rows}  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
