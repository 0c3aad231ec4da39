"""How every page of ours is made: text escaped, no name unknown, one style that the page names."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache  # a template is compiled once, and not for each page again
def environment(templates: Path, **names: Any) -> Environment:
    """The templates of a folder, with the names that they know beside those of one page."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(names)
    return made


def style_hash(style: str) -> str:
    """What a page's security policy names so that only our own style applies."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
