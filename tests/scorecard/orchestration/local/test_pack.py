"""`make pack` and its sisters on a small Exampleshire: a real scheduler, API and PostgreSQL."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from datetime import datetime
from pathlib import Path

import journey
import psutil
import pytest
import yaml
from approving import PUBLISH, REVIEW, SOON, User

from chromium_for_tests import CHROMIUM
from letterbox import chat_server, connections, mail_server
from scorecard.orchestration.local.api import Refused
from scorecard.orchestration.local.home import _secret_file
from scorecard.packs import verification
from scorecard.period import LONDON
from scorecard.sources import SOURCES

REPOSITORY = Path(__file__).resolve().parents[4]
SMALL = ("--staff", "60")


@pytest.fixture(scope="module")
def home():
    """A home that the tests of this file share, and that nothing outlives."""
    made = Path(tempfile.mkdtemp(prefix="scorecard-home-"))
    _write_council_without_patience(made / "council")
    _leave_three_variants(made / "council" / "routes.yaml")
    yield made
    _make(made, "down")
    assert _processes_of(made) == []
    shutil.rmtree(made)


def _start(home, *arguments, **given):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return subprocess.Popen(
        [sys.executable, "-m", "scorecard.orchestration.local", *arguments],
        env={**environment, "SCORECARD_HOME": str(home), "SCORECARD_DATABASE_URL": "",
             "SCORECARD_COUNCIL": str(home / "council"),
             "PYTHONPATH": str(REPOSITORY / "include"), **given},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def _make(home, *arguments, **given):
    process = _start(home, *arguments, **given)
    said, complaint = process.communicate(timeout=600)
    return process.returncode, said, complaint


def _processes_of(home):
    """The commands of this machine's processes that were started for a home."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(home) in " ".join(process.cmdline()) or process.cwd().startswith(str(home)):
                found.append(process.cmdline())
        except (psutil.Error, OSError):
            continue
    return found


def test_a_newcomer_gets_a_pack_and_the_second_time_the_same_one(home):
    code, said, complaint = _make(home, "pack", *SMALL)
    assert (code, complaint) == (0, "")
    folder = Path(re.fullmatch(r"pack: (.+)", said.splitlines()[-1])[1])
    assert folder == home / "packs" / "2025-26-Q1" / "officer" / "r1"
    variants = [Path(f).parent.name for f in re.findall(r"^variant: (.+)", said, re.M)]
    assert variants == ["board", "public"]
    assert {"pack.xlsx", "report.html", "manifest.json"} <= {file.name for file in folder.iterdir()}
    assert _processes_of(home) == []

    code, again, complaint = _make(home, "pack", "--reason", "Late print logs", *SMALL)
    assert (code, complaint) == (0, "")
    assert "2025-26-Q1/officer/r1: REASON was not needed." in again
    assert again.splitlines()[-1] == said.splitlines()[-1]
    assert again.count("nothing to do") == 5 + 1  # nothing new of five sources; nobody is asked


def test_secrets_are_made_up_once_and_are_nobody_elses_to_read(home):
    secrets, passwords = home / "secrets.json", home / "airflow" / "passwords.json"

    assert [path.stat().st_mode & 0o077 for path in (secrets, passwords)] == [0, 0]
    made = json.loads(secrets.read_text())
    assert {len(made[name]) for name in ("hash_key", "signing_key")} == {64}


def test_a_secret_that_an_older_home_lacks_is_added_and_the_others_stay(tmp_path):
    path = tmp_path / "secrets.json"
    assert _secret_file(path, {"one": "a"}) == {"one": "a"}

    assert _secret_file(path, {"one": "b", "two": "c"}) == {"one": "a", "two": "c"}
    assert json.loads(path.read_text()) == {"one": "a", "two": "c"}
    assert path.stat().st_mode & 0o077 == 0


def test_a_backfill_drafts_every_quarter_while_the_page_is_served_and_the_schedule_works(home):
    """With connections, and a deadline that every run of the schedule misses."""
    with mail_server() as mail, chat_server() as chat:
        given = {
            **connections(mail=mail, chat=chat, form="teams"),
            "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "True",
        }
        assert _make(home, "up", **given)[0] == 0
        newest, asked_before = "2025-26-Q1/officer/r1", _asked_about(home, "2025-26-Q1")
        if CHROMIUM:
            journey.an_officer_reads_the_draft_and_comments(home, newest)
            newest = "2025-26-Q1/officer/r2"  # commentary is part of what a pack says

        at = datetime.now(LONDON).replace(tzinfo=None).isoformat(timespec="seconds")
        told = ("--as-at", at, "--reason", "Looked at again", *SMALL)
        code, said, complaint = _make(home, "backfill", "2024-25-Q4", "2025-26-Q1", *told)

        assert (code, complaint) == (0, "")
        assert "Nothing is taken in: only what was accepted by " in said
        assert not re.search("^ *ingest_", said, re.M)
        for made in ("2024-25-Q4/officer/r1", newest):
            assert _manifest(home / "packs" / made)["reason"] == told[3]
        assert said.splitlines()[-2:] == [
            f"pack: {home / 'packs' / '2024-25-Q4' / 'officer' / 'r1'}",
            f"pack: {home / 'packs' / newest}",
        ]
        _nobody_publishes_without_an_approver(home, newest, asked_before)
        _the_schedule_asks_and_tells(home, mail, chat)
        assert "\nPerformance packs:  http://localhost:" in _make(home, "up")[1]
        assert _make(home, "down")[0] == 0
    assert _processes_of(home) == []


def _write_council_without_patience(council):
    """Deadlines that every run misses, from the first command on: Airflow keeps what it parsed."""
    shutil.copytree(REPOSITORY / "include" / "council", council)
    alerts = council / "alerts.yaml"
    alerts.write_text(re.sub(r"(draft_within_hours): \d+", r"\1: 0", alerts.read_text()))


def _leave_three_variants(routes):
    """Three of Exampleshire's: drafted and published one by one, as all of them are."""
    told = yaml.safe_load(routes.read_text())
    few = {"officer", "board", "public"}
    told["routes"] = [route for route in told["routes"] if route["variant"] in few]
    told["variants"] = [variant for variant in told["variants"] if variant["name"] in few]
    routes.write_text(yaml.safe_dump(told))


def _the_schedule_asks_and_tells(home, mail, chat):
    """Late feeds, an overdue draft, one to approve, an answer that cannot be taken: told once."""
    approver = User(home, "approver")
    run = approver.run_of_the_schedule()
    approver.waits_for(run, REVIEW, "awaiting_input")
    approver.waits_for(run, "call", "success")
    approver.answers(run, "Approve", "")  # without a comment
    assert approver.waits_for(run, REVIEW, "failed", "success") == {"failed"}
    quarter = run.removeprefix("schedule__")
    of_draft = f"the drafts of {quarter}"
    awaited = {
        f"Overdue: {of_draft}",
        f"To approve: {of_draft}",
        f"Failed: publish_pack of {quarter}",
    }
    titles = _titles_once_there_are(awaited, mail, chat)

    assert {title.split()[1] for title in titles if title.startswith("Late: ")} == set(SOURCES)
    assert "Published: 2025-26-Q1" in titles
    assert len({message["Message-ID"] for _, message in mail.letters}) == len(titles)
    twice = ["To approve: the drafts of 2025-26-Q1"] if CHROMIUM else []  # of the next draft, too
    assert [title for title, times in Counter(titles).items() if times > 1] == twice
    assert len(titles) == len(chat.letters)


def _titles_once_there_are(awaited, mail, chat):
    """What letters are about; of an overdue draft Airflow itself tells, when it finds the time."""
    until = time.monotonic() + SOON
    while True:
        titles = [message["Subject"] for _, message in mail.letters]
        if awaited <= {*titles} and len(chat.letters) == len(titles):
            return titles
        assert time.monotonic() < until, f"{awaited - {*titles}} came not; {titles} did"
        time.sleep(0.5)


def _asked_about(home, quarter):
    """A run that asks for the approval of a quarter's drafts."""
    officer = User(home, "officer")
    run = officer.start(quarter)
    officer.waits_for(run, REVIEW, "awaiting_input")
    return run


def _nobody_publishes_without_an_approver(home, pack, asked_before):
    """Neither marking the review as success nor an answer about an older draft publishes."""
    officer, approver, viewer = (User(home, name) for name in ("officer", "approver", "viewer"))
    folder, quarter = home / "packs" / pack, pack.partition("/")[0]

    got_round = _asked_about(home, quarter)
    officer.marks_as_success(got_round)
    assert "failed" in officer.waits_for(got_round, PUBLISH, "failed", "success", "upstream_failed")
    assert _manifest(folder)["state"] == "draft"

    run = asked_before
    if CHROMIUM:  # in which an officer commented, so that there is another draft
        approver.answers(run, "Approve", "Read the draft before.")
        run = officer.run_after(run)
    assert _manifest(folder)["state"] == "draft"
    for user in (officer, viewer):
        with pytest.raises(Refused, match="403"):
            user.answers(run, "Approve", "Looks good.")
    assert f"officer (internal), [{pack}](" in approver.question(run)["body"]
    if CHROMIUM:
        fetched = home / "fetched.xlsx"
        journey.an_approver_approves_and_fetches_the_pack(home, pack, run, fetched)
    else:
        warnings.warn("No browser was opened: `apt-get install chromium`.", stacklevel=2)
        approver.answers(run, "Approve", "Read the summary and the exceptions.")
    assert approver.waits_for(run, PUBLISH, "success", "failed") == {"success"}
    assert approver.waits_for(run, "sign_off.announce", "success", "failed") == {"success"}

    told = _manifest(folder)
    assert (told["state"], told["approval"]["role"]) == ("published", "approver")
    assert verification.problems(folder) == []


def _manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_a_stop_in_the_middle_leaves_nothing_running(home):
    process = _start(home, "pack", *SMALL)
    while not (home / "airflow" / "running.json").exists():
        time.sleep(0.1)
    time.sleep(3)

    # A shell may send it twice: once to the group, once to the command.
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)

    assert process.returncode == 130
    assert complaint.strip() == "Stopped. Run the same command again to go on."
    assert _processes_of(home) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("pack", "--quarter", "2025-Q1"), "'2025-Q1' is not a financial quarter."),
        (("pack", "--quarter", "2199-00-Q1"), "2199-00-Q1 has not ended. Name one that has"),
        (("backfill", "2025-26-Q1", "2024-25-Q4"), "2024-25-Q4 is before 2025-26-Q1. Name the"),
    ],
)
def test_a_quarter_that_cannot_be_drafted_is_said_at_once(home, arguments, why):
    code, _, complaint = _make(home, *arguments)

    assert code == 1
    assert why in complaint
