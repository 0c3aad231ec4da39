"""A real browser for the acceptance checks: one for the session, and a page of it when asked."""

from contextlib import contextmanager

from pack import CannotRun

import chromium_for_tests

WIDTHS = (320, 1280)
# A phone, a tablet, and a window just before and after the style of the page changes.
REFLOWS = (320, 768, 1041, 1269, 1280)
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach(d => { d.open = true })"


def browser():
    """Chromium, started once; CannotRun where there is none."""
    if chromium_for_tests.CHROMIUM is None:
        raise CannotRun(
            "Chromium is not installed, so no page was opened in a browser. "
            "Install it: `apt-get install chromium`, or run `make test` as root on Debian."
        )
    return chromium_for_tests.browser()


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
