"""The officer's journey and the page's accessibility, in a real browser on a running server."""

import hashlib
import json
import socket
import threading
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from council_packs import BOARD, OFFICER, PAGE, Q
from playwright.sync_api import expect
from record import KPI

from chromium_for_tests import CHROMIUM, browser

SLOT = f"/commentary/{Q}/{KPI}/COUNCIL"
PAGES = {
    "/packs": "officer",
    f"/packs?kpi={KPI}": "officer",
    f"/packs/{OFFICER}": "steward",
    f"/packs/{BOARD}": "officer",
    f"/read/{BOARD}": "officer",
    f"/rows/{OFFICER}/1": "steward",
    f"/figures/{KPI}/COUNCIL/{Q}": "officer",
    f"/commentary/{Q}": "officer",
    SLOT: "officer",
    "/health": "officer",
    "/nothing": "viewer",
    "/packs?": "",
}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="No page was opened: Chromium is missing. `apt-get install chromium`."
)


@pytest.fixture(scope="module")
def site(airflow):
    """Airflow's app as a server of this machine, and its address."""
    import uvicorn

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(airflow, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium():
    return browser()


@pytest.fixture
def opened(chromium, site, token):
    """A window so wide, of a user who is signed in; of nobody without a name."""
    made = []

    def open_for(user="", width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        made.append(context)
        if user:
            context.add_cookies([{"name": "_token", "value": token(user), "url": site}])
        return context.new_page()

    yield open_for
    for context in made:
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_fault_that_axe_knows_or_scrolls_sideways(opened, site, width):
    faults, windows = {}, {user: opened(user, width) for user in set(PAGES.values())}
    for address, user in PAGES.items():
        page = windows[user]
        page.goto(f"{site}{PAGE}{address}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("scrolls sideways")
        if found:
            faults[address] = found

    assert faults == {}


def test_axe_finds_a_fault_that_is_there(opened, site):
    page = opened("officer")
    page.goto(f"{site}{PAGE}{SLOT}")
    page.evaluate("document.querySelector('label').remove()")

    assert "label" in [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_a_refused_form_is_whole_for_everybody_and_leads_to_its_field(opened, site):
    page = opened("officer", 320)
    page.goto(f"{site}{PAGE}{SLOT}")
    page.fill("#cause", "A cause.")
    page.fill("#action", "An action.")
    page.fill("#by_when", "soon")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("By when 'soon' is not a day")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") in ("by_when", "")
    assert Axe().run(page).response["violations"] == []


def test_every_control_is_reached_by_the_tab_key_and_shows_it(opened, site):
    page = opened("officer")
    page.goto(f"{site}{PAGE}{SLOT}")
    wanted = page.locator("a, input:not([type=hidden]), select, textarea, button").count()
    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[document.activeElement.outerHTML, "
                "getComputedStyle(document.activeElement).outlineStyle].join(' outline: ')"
            )
        )

    assert len(reached) == wanted
    assert [each for each in reached if each.endswith("outline: none")] == []


def test_an_officer_signs_in_reads_comments_and_downloads_what_the_manifest_names(
    opened, site, packs, tmp_path
):
    page = opened()
    page.goto(f"{site}/auth/login")
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill("officer's word")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/auth/" not in url)
    page.goto(f"{site}/plugin/performance_packs")
    inside = page.frame_locator("iframe").first

    # Read: the report's own links work from within both frames.
    inside.get_by_role("link", name="revision 2").click()
    inside.get_by_role("link", name="Read the report").click()
    report = inside.frame_locator("iframe")
    expect(report.get_by_role("heading", level=1)).to_contain_text("Quarter 1 of 2025-26")
    with page.expect_download() as download:
        report.locator("a[href='pack.xlsx']").first.click()
    download.value.save_as(tmp_path / "pack.xlsx")
    told = json.loads((packs / OFFICER / "manifest.json").read_text())
    (file,) = [each for each in told["files"] if each["path"] == "pack.xlsx"]
    assert hashlib.sha256((tmp_path / "pack.xlsx").read_bytes()).hexdigest() == file["sha256"]

    # Comment.
    inside.get_by_role("link", name="Back to the pack").click()
    inside.get_by_role("link", name="Figures of the quarter that ask").click()
    inside.get_by_role("link", name="Whole council").click()
    inside.get_by_label("Cause").fill("In the browser.")
    inside.get_by_label("Action").fill("None is needed.")
    inside.get_by_label("By when").fill("30/09/2025")
    inside.get_by_role("button", name="Write").click()
    expect(inside.get_by_role("status")).to_contain_text("Written: Incidents resolved")
    expect(inside.locator("main")).to_contain_text("In the browser. None is needed.")

    # Who did what.
    inside.get_by_role("link", name="All packs").click()
    inside.get_by_role("link", name="revision 2").click()
    expect(inside.locator("main")).to_contain_text("Downloaded")
