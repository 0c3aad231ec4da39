"""A fault for each check of figures.py: what a writer, or a hand, could get wrong."""

import csv
import io

from figures import DEFINITIONS
from sealing import replacing, seal, telling

from scorecard.packs.wording import STATES

HIDDEN = next(d for d in DEFINITIONS.values() if d.visibility != "public")


def altered(file, choose, **fields):
    """Other fields in the first row of a CSV file that is chosen."""
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="ascii"), newline="")))
    row = next(row for row in rows if choose(row))
    row.update(fields)
    written(file, rows)


def written(file, rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(out.getvalue().encode("ascii"))


def pk_01(folder):
    """One figure of the CSV is another than that of the workbook."""
    file = folder / "data" / "kpi_summary.csv"
    altered(file, lambda row: row["this_quarter"], this_quarter="1.5")
    seal(folder)


def pk_02(folder):
    """The page counts one KPI more than there are."""
    page = folder / "report.html"
    lead = page.read_text(encoding="utf-8").partition('class="lead">')[2].partition("<")[0]
    replacing(page, lead.encode(), b"Of 999 KPIs, all Green.", -1)
    seal(folder)


def pk_03(folder):
    """One directorate alone is withheld, and the council and the others are shown."""

    def is_shown(row):
        found = DEFINITIONS[row["kpi_id"]]
        return found.people and found.kind == "ratio" and row["directorate"] != "COUNCIL"

    def alone(row):
        same = [r for r in rows if (r["kpi_id"], r["period"]) == (row["kpi_id"], row["period"])]
        return is_shown(row) and all(r["state"] != "suppressed" for r in same)

    file = folder / "data" / "kpi_figures.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="ascii"), newline="")))
    altered(file, alone, state="suppressed", value="", numerator="", denominator="")
    seal(folder)


def pk_04(folder):
    """A figure is flagged as restated that no revision names."""
    file = folder / "data" / "kpi_figures.csv"
    altered(file, lambda row: row["is_restated"] == "false", is_restated="true")
    seal(folder)


def pk_05(folder):
    """A directorate has no row of a KPI."""
    file = folder / "data" / "kpi_figures.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="ascii"), newline="")))
    gone = next(r for r in rows if r["directorate"] != "COUNCIL" and r["is_restated"] == "false")
    names = ("kpi_id", "directorate")
    written(file, [r for r in rows if [r[n] for n in names] != [gone[n] for n in names]])
    seal(folder)


def pk_06(folder):
    """Another content was approved than the one that is there."""
    telling(folder, lambda told: told.update(content_sha256="0" * 64))


def pk_08(folder):
    """The page does not say in which state it is."""
    page = folder / "report.html"
    text = page.read_text(encoding="utf-8")
    for state in STATES.values():
        text = text.replace(state, "Pack")
    page.write_text(text, encoding="utf-8")
    seal(folder)


def pk_09(folder):
    """A pack for the public names, in a comment of its page, a KPI that is not for the public."""
    replacing(folder / "report.html", b"</body>", f"<!-- {HIDDEN.id} --></body>".encode())
    telling(folder, lambda told: told.update(visibility="public"))


FAULTS = {
    "PK-01": pk_01, "PK-02": pk_02, "PK-03": pk_03, "PK-04": pk_04, "PK-05": pk_05,
    "PK-06": pk_06, "PK-08": pk_08, "PK-09": pk_09,
}  # fmt: skip
