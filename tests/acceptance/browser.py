"""A real browser for the acceptance checks: one for the session, and a page of it when asked."""

import atexit
import shutil
from contextlib import contextmanager
from functools import cache

from pack import CannotRun

WIDTHS = (320, 1280)
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach(d => { d.open = true })"


@cache
def browser():
    """Chromium, started once; CannotRun where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise CannotRun(
            "Chromium is not installed, so no page was opened in a browser. "
            "Install it: `apt-get install chromium`, or run `make test` as root on Debian."
        )
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=found, args=list(ARGS))
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started


@contextmanager
def opened(path, width):
    """A page in a window so wide, with everything unfolded, and the addresses that it asked for."""
    page = browser().new_page(viewport={"width": width, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(path.as_uri())
        page.evaluate(OPEN_DETAILS)
        yield page, asked
    finally:
        page.close()
