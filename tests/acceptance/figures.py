"""PK-01 to PK-09: the formats agree, people are protected, and a variant tells no more."""

import io
import re
import zipfile
from collections import defaultdict
from decimal import Decimal

from expected_sheets import figures_of
from reading_back import (
    book,
    cover_text,
    data_rows,
    page_rows,
    page_text,
    pdf_text,
    sheet_rows,
    told,
)

from scorecard import kpis
from scorecard.council import COUNCIL, UNKNOWN
from scorecard.packs.words import MINUS, number
from scorecard.settings import INCLUDE
from scorecard.visibility import may_see

_NUMBER = re.compile(rf"{MINUS}?[\d,]+(\.\d+)?")
RATED = ("Green", "Amber", "Red", "Blue")
DEFINITIONS = kpis.load(INCLUDE / "sql" / "kpi")


def summary(pack):
    """Each KPI's row of the Summary, by headings."""
    table = pack.content.sheet("Summary")
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def pk_01(pack):
    """Every Summary value is equal in workbook, page, document and CSV."""
    problems = []
    in_book = {row["KPI id"].value: row for row in sheet_rows(pack, "Summary")}
    in_csv = {row["kpi_id"]: row for row in data_rows(pack, "kpi_summary")}
    on_page = defaultdict(list)
    for row in page_rows(pack):
        on_page[row[0] if row else ""].append(row[1:])
    document = pdf_text(pack)
    for row in summary(pack):
        values = (*figures_of(row), "Target")
        kpi, texts = row["KPI id"].text, [row[name].text for name in values]
        if [_shown(in_book[kpi][name]) for name in values] != [*map(_bare, texts)]:
            problems.append(f"pack.xlsx, {kpi}: is not {texts}")
        fields = [in_csv[kpi]["_".join(name.lower().split())] for name in values]
        if fields != [_field(text) for text in texts]:
            problems.append(f"kpi_summary.csv, {kpi}: is {fields}, not {texts}")
        ends = [in_csv[kpi][name] for name in ("target_low", "target_high")]
        if ends != _ends(texts[-1]):
            problems.append(f"kpi_summary.csv, {kpi}: target is {ends}, not {texts[-1]}")
        if not any(_holds(cells, texts) for cells in on_page[row["KPI"].text]):
            problems.append(f"report.html, {kpi}: has no row with {texts}")
        if document is not None and any(t not in document for t in texts):
            problems.append(f"report.pdf, {kpi}: does not say {texts}")
    return problems


def _shown(cell):
    """A cell of the workbook as its number format shows it."""
    if isinstance(cell.value, str):
        return cell.value
    decimals = len(cell.number_format.partition(".")[2])
    return number(Decimal(repr(cell.value)), decimals)


def _bare(text):
    """A number without its unit; a target that is a range, or a marker, as it is."""
    bare = text.replace("\N{POUND SIGN}", "")
    for unit in ("%", " kg", " t"):
        bare = bare.removesuffix(unit)
    return bare if _NUMBER.fullmatch(bare) else text


def _field(text):
    bare = _bare(text)
    return bare.replace(",", "").replace(MINUS, "-") if _NUMBER.fullmatch(bare) else ""


def _ends(text):
    """The fields of a target range: 35.0 to 60.0, at most 800; of anything else, none."""
    low, _, high = text.partition(" to ")
    if text.startswith("at "):
        low, high = (text[9:], "") if text.startswith("at least ") else ("", text[8:])
    return [_field(low), _field(high)] if high or text.startswith("at ") else ["", ""]


def _holds(cells, texts):
    """Whether cells hold these texts one after another."""
    rest = iter(cells)
    return all(any(text in cell for cell in rest) for text in texts)


def pk_02(pack):
    """The counts of the first page are recounted from the Summary, and said in every format."""
    overview, rags = pack.content.overview, [row["RAG"].text for row in summary(pack)]
    counts = {word: rags.count(word) for word in RATED if rags.count(word)}
    told_counts = {word: n for word, n in overview.counts if word in RATED and n}
    problems = [] if counts == told_counts else [f"counts {told_counts}, recounted {counts}"]
    wanted = [f"{n} {word}" for word, n in counts.items()]
    problems += [f"lead: does not say {text}" for text in wanted if text not in overview.lead]
    said = {"report.html": page_text(pack), "pack.xlsx": cover_text(pack),
            "report.pdf": pdf_text(pack)}  # fmt: skip
    return problems + [
        f"{name}: does not say: {overview.lead}"
        for name, text in said.items()
        if text is not None and overview.lead not in text
    ]


def pk_03(pack):
    """No count of people from 1 to 4 is shown, and none that is withheld follows from totals."""
    problems, cells = [], defaultdict(dict)
    for row in data_rows(pack, "kpi_figures"):
        people = DEFINITIONS[row["kpi_id"]].people if row["kpi_id"] in DEFINITIONS else None
        if people is None:
            continue
        where = f"{row['kpi_id']}, {row['directorate']}, {row['period']}"
        if people.counts and row["numerator"] and 1 <= Decimal(row["numerator"]) <= 4:
            problems.append(f"{where}: shows {row['numerator']} people")
        cells[row["kpi_id"], row["period"]][row["directorate"]] = row
    return problems + [text for (kpi, period), found in cells.items()
                       for text in _derived(kpi, period, found)]  # fmt: skip


def _derived(kpi, period, found):
    """A directorate that alone is withheld while the council is shown, where parts add up."""
    if DEFINITIONS[kpi].kind in ("statistic", "carbon") or found[COUNCIL]["state"] == "suppressed":
        return
    hidden = [d for d, row in found.items() if row["state"] == "suppressed"]
    if len(hidden) == 1:
        yield f"{kpi}, {hidden[0]}, {period}: follows from the council and the other directorates"


def pk_04(pack):
    """Restated figures, the Revisions sheet, the markers and the manifest name the same figures."""
    listed = {(r["kpi_id"], r["directorate"], r["period"]) for r in data_rows(pack, "revisions")}
    named = {(r["kpi"], r["directorate"], r["period"]) for r in told(pack)["revisions"]}
    marked = {
        (row["KPI id"].value, row.get("Directorate", _Council).value,
         row["Period" if "Period" in row else "Month"].value)
        for name in ("KPI_figures", "KPI_series")
        for row in sheet_rows(pack, name)
        if "[r]" in str(row["Marker"].value)
    }  # fmt: skip
    flagged = {
        (r["kpi_id"], r.get("directorate", COUNCIL), r.get("period") or r["month"])
        for name in ("kpi_figures", "kpi_series")
        for r in data_rows(pack, name)
        if r["is_restated"] == "true"
    }
    sheet = {
        tuple(row[name].value for name in ("KPI id", "Directorate", "Period"))
        for row in sheet_rows(pack, "Revisions")
    }
    found = {"revisions.csv": listed, "manifest": named, "[r]": marked, "is_restated": flagged}
    return [
        f"{name}: {sorted(keys ^ sheet)} only there or only on the Revisions sheet"
        for name, keys in found.items()
        if keys != sheet
    ]


class _Council:
    value = COUNCIL


def pk_05(pack):
    """Every KPI of the Summary has a row for the council and each directorate."""
    there = {(row["kpi_id"], row["directorate"]) for row in data_rows(pack, "kpi_figures")}
    codes = [code for code, _ in pack.content.directorates if code != UNKNOWN]
    return [
        f"kpi_figures.csv: no row of {row['kpi_id']} for {code}"
        for row in data_rows(pack, "kpi_summary")
        for code in codes
        if (row["kpi_id"], code) not in there
    ]


def pk_06(pack):
    """What is published is what was approved, and a draft says that nothing was."""
    found, content_hash = told(pack), pack.content.sha256
    approval = found["approval"]
    if found["content_sha256"] != content_hash:
        return [f"manifest: content {found['content_sha256']}, it says {content_hash}"]
    if found["state"] != "published":
        return [] if approval is None else [f"a {found['state']} names an approval"]
    if not approval or approval["content_sha256"] != content_hash:
        return ["manifest: the approval is not of this content"]
    is_dated = approval["at"] == found["published_at"]
    return [] if approval["role"] and is_dated else ["manifest: the approval lacks role or day"]


def pk_08(pack):
    """State and revision are printed in every format."""
    state, revision = pack.content.state_text, f"Revision {pack.content.revision}"
    said = {"report.html": page_text(pack), "report.pdf": pdf_text(pack),
            "pack.xlsx": f"{cover_text(pack)} {book(pack).properties.subject}"}  # fmt: skip
    return [
        f"{name}: does not say {words}"
        for name, text in said.items()
        if text is not None
        for words in (state, revision)
        if words not in text
    ]


def pk_09(pack):
    """No byte of any file names a KPI that readers of the pack may not see."""
    visibility = told(pack)["visibility"]
    hidden = [d for d in DEFINITIONS.values() if not may_see(visibility, d.visibility)]
    names = [name.encode() for d in hidden for name in (d.id, d.title, d.code)]
    return [
        f"{path}: names {name.decode()}, which a {visibility} pack may not"
        for path, data in _every_part(pack.folder)
        for name in names
        if name in data
    ]


def _every_part(folder):
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
                yield from ((f"{path.name}/{name}", parts.read(name)) for name in parts.namelist())


# PK-07 asks for a second publish: tests/scorecard/test_publish.py does.
CHECKS = {
    "PK-01": pk_01, "PK-02": pk_02, "PK-03": pk_03, "PK-04": pk_04, "PK-05": pk_05,
    "PK-06": pk_06, "PK-08": pk_08, "PK-09": pk_09,
}  # fmt: skip
