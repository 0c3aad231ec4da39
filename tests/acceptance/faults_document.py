"""One fault for each check of the document."""

from contextlib import contextmanager

import pikepdf


@contextmanager
def _opened(folder):
    path = folder / "report.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        yield file
        file.save(path)


def _changed(change):
    """A fault that a function makes in the open document."""

    def plant(folder):
        with _opened(folder) as file:
            change(file)

    return plant


def _told(name, value):
    """A fault of the metadata."""

    def plant(folder):
        with _opened(folder) as file, file.open_metadata(set_pikepdf_as_editor=False) as told:
            told[name] = value

    return plant


def _first(file, kind):
    return next(
        each
        for each in file.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind
    )


def _without(name):
    return lambda file: file.Root.__delitem__(name)


def _no_alternative(file):
    del _first(file, "/Figure")["/Alt"]


def _row_without_heading(file):
    _first(file, "/TBody").K[0].K[0].S = pikepdf.Name.TD


def _heading_without_scope(file):
    del _first(file, "/TH")["/A"]


def _level_skipped(file):
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H3":
            each.S = pikepdf.Name.H4


def _table_less(file):
    _first(file, "/Table").S = pikepdf.Name.Sect


def _font_not_embedded(file):
    described = next(
        each
        for each in file.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    )
    del described["/FontFile2"]


def _another_font(file):
    file.pages[0].resources.Font.Other = file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )


def _page_less(file):
    del file.pages[-1]


FAULTS = {
    "PK-30": (
        *(_changed(_without(name)) for name in ("/Lang", "/MarkInfo", "/Outlines")),
        _changed(_without("/ViewerPreferences")),
        _told("dc:title", "Untitled"),
        _told("pdfuaid:part", "2"),
        _told("pdfaid:conformance", "B"),
    ),
    "PK-31": _changed(_no_alternative),
    "PK-32": (_changed(_row_without_heading), _changed(_heading_without_scope)),
    "PK-33": _changed(_level_skipped),
    "PK-34": _changed(_table_less),
    "PK-35": (_changed(_font_not_embedded), _changed(_another_font)),
    "PK-36": _changed(_page_less),
}
