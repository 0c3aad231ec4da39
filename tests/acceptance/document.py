"""PK-30 to PK-36: the PDF, as a screen reader and an archive find it."""

from itertools import pairwise

import pikepdf
from lxml import html
from pdf_tree import tree_of

from scorecard.packs import pdf
from scorecard.packs.reader_tables import summary

NAME = "report.pdf"
FONTS = ["SourceSansPro-Bold", "SourceSansPro-Regular"]


def pk_30(pack):
    """It says that it is tagged, its language and its title, what standards it meets; bookmarks."""
    with pikepdf.open(pack.folder / NAME) as file:
        root, told = file.Root, file.open_metadata()
        facts = {
            "it is not marked as tagged": root.get("/MarkInfo", {}).get("/Marked") is True,
            "its language is not en-GB": root.get("/Lang") == "en-GB",
            "its title is not the pack's": pack.content.title in told.get("dc:title", ""),
            "its title is not displayed": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
            is True,
            "it does not say PDF/UA-1": told.get("pdfuaid:part") == "1",
            "it does not say PDF/A-3a": (told.get("pdfaid:part"), told.get("pdfaid:conformance"))
            == ("3", "A"),
            "it has no bookmarks": root.get("/Outlines", {}).get("/Count", 0) != 0,
        }
    return [f"{NAME}: {problem}" for problem, holds in facts.items() if not holds]


def pk_31(pack):
    """Every figure has alternative text."""
    figures = tree_of(pack.folder / NAME).all("Figure")
    return [f"{NAME}: figure {n} has no Alt" for n, f in enumerate(figures, 1) if not f.alt]


def pk_32(pack):
    """Every heading of a table says of what, and every row of a body begins with one."""
    tree = tree_of(pack.folder / NAME)
    bare = [
        f"{NAME}: the heading '{th.said}' has no Scope" for th in tree.all("TH") if not th.scope
    ]
    rows = [row for body in tree.all("TBody") for row in body.kids if row.kind == "TR"]
    return bare + [
        f"{NAME}: the row '{row.said[:40]}' does not begin with a heading"
        for row in rows
        if not row.kids or row.kids[0].kind != "TH"
    ]


def pk_33(pack):
    """There is one H1, the first heading, and no level is skipped."""
    headings = tree_of(pack.folder / NAME).all("H1", "H2", "H3", "H4", "H5", "H6")
    levels = [int(heading.kind[1]) for heading in headings]
    problems = (
        [] if levels[:1] == [1] and levels.count(1) == 1 else [f"{NAME}: not one H1 at first"]
    )
    return problems + [
        f"{NAME}: '{here.said}' skips a level"
        for (before, level), here in zip(pairwise(levels), headings[1:], strict=True)
        if level > before + 1
    ]


def pk_34(pack):
    """It has the tables of the page, each with its caption."""
    tables = tree_of(pack.folder / NAME).all("Table")
    page = html.fromstring((pack.folder / "report.html").read_bytes())
    there = len(list(page.iter("table")))
    bare = [f"{NAME}: a table has no caption" for table in tables if not table.all("Caption")]
    same = len(tables) == there
    return bare + ([] if same else [f"{NAME}: {len(tables)} tables, and {there} on the page"])


def pk_35(pack):
    """All its fonts are embedded, and are those of the project."""
    with pikepdf.open(pack.folder / NAME) as file:
        parts = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in parts if each.get("/Type") == "/FontDescriptor"]
        outside = [str(each.FontName) for each in fonts if "/FontFile2" not in each]
        named = [
            str(each.BaseFont)
            for each in parts
            if each.get("/Type") == "/Font" and each.get("/Subtype") != "/Type0"
            if "/FontDescriptor" not in each
        ]
        used = sorted({str(each.FontName).partition("+")[2] for each in fonts})
    problems = [f"{NAME}: the font {name} is not embedded" for name in (*outside, *named)]
    return problems + ([] if used == FONTS else [f"{NAME}: its fonts are {used}"])


def pk_36(pack):
    """Typst sets its content, refusing what either standard forbids, and it is that document."""
    if sorted(pdf.STANDARDS) != ["a-3a", "ua-1"]:
        return [f"{NAME}: typst is not asked for both standards"]
    again = pack.folder.parent / f"{pack.folder.name}-again.pdf"
    again.write_bytes(pdf.write(pack.content))
    with pikepdf.open(again) as made, pikepdf.open(pack.folder / NAME) as file:
        same = len(made.pages) == len(file.pages)
    again.unlink()
    return [] if same else [f"{NAME}: it has not the pages that typst sets"]


def summary_in_document(pack):
    """PK-01: the rows of the Summary as the text of the PDF has them, by KPI and column."""
    columns = summary(pack.content).columns
    table = next(
        each
        for each in tree_of(pack.folder / NAME).all("Table")
        if any(summary(pack.content).title == caption.said for caption in each.all("Caption"))
    )
    rows = [[cell.said for cell in row.kids] for body in table.all("TBody") for row in body.kids]
    return {
        row[0]: dict(zip(columns, row, strict=True)) for row in rows if len(row) == len(columns)
    }


CHECKS = {
    "PK-30": pk_30,
    "PK-31": pk_31,
    "PK-32": pk_32,
    "PK-33": pk_33,
    "PK-34": pk_34,
    "PK-35": pk_35,
    "PK-36": pk_36,
}
