"""A pack as the acceptance checks see it: its folder, and the content that its files must say."""

from dataclasses import dataclass
from pathlib import Path

from scorecard.packs.content import PackContent
from scorecard.packs.records import PackRecords


@dataclass(frozen=True)
class Pack:
    """One pack. Where a program takes long to start, it looks at the `together` at once."""

    name: str
    folder: Path
    content: PackContent
    records: PackRecords  # from which the content was built
    together: tuple[Path, ...]  # the folders of all packs of the session, this one among them

    @property
    def pages(self) -> list[Path]:
        """Every page of the pack, the accessibility statement among them."""
        return sorted(self.folder.glob("*.html"))

    @property
    def workbook(self) -> Path:
        return self.folder / "pack.xlsx"


class CannotRun(Exception):
    """A check that this machine cannot run: what is missing, and how to get it."""
