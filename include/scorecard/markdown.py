"""Pages of docs/ that are written from the definitions: their tables and their frame."""

from collections.abc import Iterable

COMMAND = "make docs"
_WRITTEN = f"Written by `{COMMAND}` from the definitions: change those, never this page."


def grid(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A table in Markdown; none of no rows."""
    body = list(rows)
    if not body:
        return ["None."]
    cells = [headings, tuple("---" for _ in headings), *body]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]


def page(title: str, about: str, *lines: str) -> str:
    """A whole page, with the warning that it is generated."""
    text = "\n".join([f"# {title}", "", _WRITTEN, "", about, "", *lines])
    return text.replace("\n\n\n", "\n\n").rstrip() + "\n"


def words(name: str) -> str:
    """A name of the code as words."""
    return name.removeprefix("expect_").replace("_", " ")


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """Names of the code in a row, each set as code."""
    return between.join(f"`{part}`" for part in parts)
