"""One Chromium for all tests of a process: Playwright cannot be started twice in one."""

import atexit
import shutil
from functools import cache

ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@cache
def browser():
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started
