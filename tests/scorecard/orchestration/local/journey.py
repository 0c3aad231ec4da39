"""An officer and an approver at their browsers: read, comment, approve in Airflow's form, fetch."""

import hashlib
import json
from contextlib import contextmanager

from approving import PUBLISH, User
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chromium_for_tests import browser
from scorecard import settings
from scorecard.orchestration.local.home import Home, passwords

SLOW = 90_000  # milliseconds: a machine may have much else to do
CAUSE = "The outage of four days in May."


@contextmanager
def signed_in(home, name):
    """A window of somebody who has signed in by Airflow's own form, and Airflow's address."""
    site = User(home, name).airflow.address.replace("127.0.0.1", "localhost")
    context = browser().new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{site}/auth/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(passwords(_home(home))[name])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/auth/" not in url)
    try:
        yield page, site
    finally:
        context.close()


def an_officer_reads_the_draft_and_comments(home, pack):
    """From the list in Airflow's navigation to the report, and to a figure that asks for words."""
    with signed_in(home, "officer") as (page, site):
        page.goto(site)
        page.get_by_role("link", name="Performance packs").click()
        inside = page.frame_locator("iframe").first
        inside.locator(f"a[href$='/packs/{pack}']").first.click()
        expect(inside.locator("main")).to_contain_text("Draft, not for publication", timeout=SLOW)
        inside.get_by_role("link", name="Read the report").click()
        report = inside.frame_locator("iframe")
        expect(report.get_by_role("heading", level=1)).to_contain_text(
            "Quarter 1 of 2025-26", timeout=SLOW
        )
        inside.get_by_role("link", name="Back to the pack").click()
        inside.get_by_role("link", name="Figures of the quarter that ask").click()
        inside.get_by_role("link", name="Whole council").first.click()
        inside.get_by_label("Cause").fill(CAUSE)
        inside.get_by_label("Action").fill("A second line is ordered.")
        inside.get_by_label("By when").fill("30/09/2025")
        inside.get_by_role("button", name="Write").click()
        expect(inside.get_by_role("status")).to_contain_text("Written: ", timeout=SLOW)
        slots = f"commentary/{pack.partition('/')[0]}"
        for screen in ("packs", f"packs/{pack}", f"read/{pack}", slots, "health"):
            page.goto(f"{site}/performance/{screen}")
            faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
            assert (screen, faults) == (screen, [])


def an_approver_approves_and_fetches_the_pack(home, pack, run, to):
    """In the form that Airflow shows: reads the draft by its link, says why, approves, fetches."""
    with signed_in(home, "approver") as (page, site):
        page.goto(f"{site}/required_actions")
        page.locator(f"a[href*='{run}/tasks/'][href$='/required_actions']").first.click()
        for heading in ("Checks", "Figures that were published otherwise", "Commentary"):
            expect(page.get_by_text(heading, exact=True)).to_be_visible(timeout=SLOW)
        link = page.locator(f"a[href='/performance/read/{pack}']")
        with page.expect_popup() as opened:
            link.click()
        report = opened.value.frame_locator("iframe")
        expect(report.locator("body")).to_contain_text(CAUSE, timeout=SLOW)
        opened.value.close()
        page.locator("#element_comment").fill("Read the summary and the exceptions.")
        with page.expect_response(_is_an_answer):
            page.get_by_role("button", name="Approve").click()
        page.goto("about:blank")  # Airflow's page asks and draws without end, and tasks have to run
        User(home, "approver").waits_for(run, PUBLISH, "success", "failed")

        page.goto(f"{site}/performance/packs/{pack}")
        with page.expect_download() as download:
            page.locator("a[href$='/pack.xlsx']").first.click()
        download.value.save_as(to)
    told = json.loads((home / "packs" / pack / "manifest.json").read_text())
    (file,) = [each for each in told["files"] if each["path"] == "pack.xlsx"]
    assert hashlib.sha256(to.read_bytes()).hexdigest() == file["sha256"]


def _is_an_answer(response):
    return response.request.method == "PATCH" and response.url.endswith("/hitlDetails")


def _home(folder):
    return Home(settings.read({"SCORECARD_HOME": str(folder)}))
