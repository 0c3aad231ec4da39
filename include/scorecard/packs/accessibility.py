"""The accessibility statement of a pack: how far it meets the law, what fails, how to report it."""

from pathlib import Path

from markupsafe import Markup

from scorecard.packs import pages
from scorecard.packs.content import PackContent
from scorecard.packs.words import seen

NAME = "accessibility.html"
TEMPLATES = Path(__file__).parent / "templates"


def write(content: PackContent) -> bytes:
    """The statement as a web page of its own; the same content gives the same bytes."""
    style = (TEMPLATES / "accessibility.css").read_text(encoding="utf-8")
    page = (
        pages.environment(TEMPLATES)
        .get_template("accessibility.html.j2")
        .render(
            pack=content,
            contact=dict(content.facts)["Contact"],
            style=Markup(style),  # only our own style is marked as safe
            style_hash=pages.style_hash(style),
        )
    )
    return seen(page).encode()
