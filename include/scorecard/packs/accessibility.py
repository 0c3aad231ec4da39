"""The accessibility statement of a pack: how far it meets the law, what fails, how to report it."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorecard.packs.content import PackContent

NAME = "accessibility.html"
TEMPLATES = Path(__file__).parent / "templates"


def write(content: PackContent) -> bytes:
    """The statement as a web page of its own; the same content gives the same bytes."""
    style = (TEMPLATES / "accessibility.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("accessibility.html.j2").render(
        pack=content,
        contact=dict(content.facts)["Contact"],
        style=Markup(style),  # only our own style is marked as safe
        style_hash=f"sha256-{digest}",
    )
    return page.encode()
