"""The process in which typst sets a document: its memory goes back when it ends.

It is run as a file and imports nothing of ours, so that it holds the document and nothing else. The
document's data come as JSON on standard input, the PDF goes to standard output.
"""

import sys

import typst


def main(templates: str, fonts: str, *standards: "typst.PDFStandard") -> None:
    """Set the document with the template of a folder, in the typeface of another and no other."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    made = typst.compile(
        f"{templates}/report.typ",
        root=templates,
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs={"pack": sys.stdin.buffer.read().decode()},
        pdf_standards=list(standards),
    )
    assert isinstance(made, bytes)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
