"""A draft becomes the published pack once; what was published never changes; late rows are told."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from record import KPI, NOW, Q, a_figure, a_measurement, an_extract, approve
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from scorecard import draft, kpis, publish
from scorecard import told as told_of_people
from scorecard.approval import CannotApprove
from scorecard.packs import verification
from scorecard.publish import CannotPublish
from scorecard.register import audit, only_one, packs, published
from scorecard.settings import INCLUDE

Q2 = "2025-26-Q2"
AT = NOW + timedelta(hours=2)
AUGUST = datetime(2025, 8, 12, 9, tzinfo=UTC)
MAY = "2025-05"


@pytest.fixture
def drafted(stores, remembered):
    """Measure and draft a quarter from figures; the folder comes back."""

    def make(name, *figures, reason="", quarter=Q, extracts=(), now=NOW, identity=None):
        def do():
            if not has_measurement(stores, name):
                a_measurement(stores.register, name, figures, extracts, quarter, now, identity)
            return Path(draft.run(stores, name, reason, "performance team", now))

        if extracts or has_measurement(stores):
            return do()
        return remembered(stores, repr((name, figures, reason, quarter, now, identity)), do)

    return make


@pytest.fixture
def published_once(stores, drafted, remembered):
    """Draft the first pack of a quarter from figures, and publish it; the folder comes back."""

    def make(*figures):
        def do():
            drafted("a", *figures)
            return run(stores)

        return remembered(stores, f"published {figures}", do)

    return make


def has_measurement(stores, name=None):
    """Whether the register holds this measurement, or any."""
    with stores.register.connect() as connection:
        asked = text("select count(*) > 0 from measurements where id = coalesce(:name, id)")
        return connection.scalar(asked, {"name": name})


def run(stores, revision=1, at=AT, now=AT, quarter=Q):
    """Have a draft approved by the moment of its publication, and publish it."""
    pack = packs.find(stores.register, quarter, "officer", revision)
    if pack and pack.state == "draft":
        approve(stores, quarter, revision=revision, at=pack.drafted_at)
    return Path(publish.run(stores, quarter, "officer", revision, at, now))


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


def told(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_a_published_pack_says_the_same_in_its_new_state(stores, drafted):
    before = told(drafted("a", a_figure("75.0")))
    folder = run(stores)
    after = told(folder)
    pack = packs.find(stores.register, Q, "officer", 1)

    assert verification.problems(folder) == []
    assert [path.name for path in folder.parent.iterdir()] == ["r1"]
    assert (before["state"], after["state"]) == ("draft", "published")
    assert after["published_at"] == "2025-07-21T10:00:00Z"
    assert after["content_sha256"] == before["content_sha256"] == pack.content_sha256
    assert (pack.state, pack.published_by, pack.published_at) == ("published", "approver", AT)
    assert (pack.manifest_sha256, pack.publication) == (
        publish.sha256_of(folder / "manifest.json"),
        1,
    )
    page = (folder / "report.html").read_text()
    assert "Draft, not for publication" not in page
    assert "21 July 2025, 11:00am" in page
    cover = openpyxl.load_workbook(folder / "pack.xlsx")["Cover"]
    assert "Published" in {cell.value for row in cover.iter_rows() for cell in row}


def test_a_second_publish_of_a_revision_is_refused_and_no_file_changes(
    stores, published_once
):  # PK-07
    before = bytes_in(published_once(a_figure("75.0")))

    with pytest.raises(CannotPublish, match=r"r1: it was published, 21 July 2025.*draft the quart"):
        run(stores, at=AT + timedelta(days=1), now=AT + timedelta(days=2))
    assert bytes_in(stores.settings.packs / Q / "officer" / "r1") == before


def test_a_draft_that_nobody_approved_is_not_published(stores, drafted):
    before = bytes_in(drafted("a", a_figure("75.0")))

    with pytest.raises(CannotPublish, match=r"r1: it was approved by nobody\. Run publish_pack"):
        publish.run(stores, Q, "officer", 1, AT, AT)
    assert bytes_in(stores.settings.packs / Q / "officer" / "r1") == before


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"event": "rejected", "said": "May is wrong."}, "it was rejected: May is wrong"),
        ({"user": "steward"}, "steward does not hold the role 'approver'"),
        ({"user": "schedule"}, "schedule does not hold the role"),
        ({"said": " "}, "the comment has 0 characters"),
    ],
)
def test_an_answer_that_approves_nothing_publishes_nothing(stores, drafted, answer, words):
    drafted("a", a_figure("75.0"))
    approve(stores, **answer)

    with pytest.raises((CannotPublish, CannotApprove), match=words):
        publish.run(stores, Q, "officer", 1, AT, AT)
    assert packs.find(stores.register, Q, "officer", 1).state == "draft"


def test_an_approval_of_other_content_publishes_nothing(stores, drafted):
    drafted("a", a_figure("75.0"))
    approve(stores)
    drafted("b", a_figure("74.0"))

    with pytest.raises(CannotPublish, match="r2: it was approved by nobody"):
        publish.run(stores, Q, "officer", 2, AT, AT)
    with pytest.raises(CannotPublish, match="revision 2 is newer"):
        publish.run(stores, Q, "officer", 1, AT, AT)


def test_a_later_rejection_takes_an_approval_back(stores, drafted):
    drafted("a", a_figure("75.0"))
    approve(stores)
    approve(stores, at=AT, event="rejected", said="On second thoughts.")

    with pytest.raises(CannotPublish, match="rejected: On second thoughts"):
        publish.run(stores, Q, "officer", 1, AT, AT)


def test_who_published_what_is_in_the_audit_with_the_approval_in_the_manifest(
    stores, published_once
):
    folder = published_once(a_figure("75.0"))

    done = audit.of_pack(stores.register, Q, "officer", 1)
    assert [(one.event, one.user_name) for one in done] == [
        ("asked", "schedule"),
        ("approved", "approver"),
        ("published", "approver"),
    ]
    assert told(folder)["approval"] == {
        "role": "approver",
        "at": "2025-07-21T08:00:00Z",
        "content_sha256": told(folder)["content_sha256"],
    }


def test_figures_are_published_as_they_were_in_the_pack(stores, published_once):
    published_once(a_figure("75.0"), a_figure(None, MAY, state="awaiting"))
    with stores.register.begin() as connection:
        connection.execute(text("update figures set value = 1"))

    (value,) = published.values_of(stores.register, KPI, Q, "COUNCIL")
    assert (value.value, value.state, value.flags) == (Decimal("75.0"), "final", ())
    assert (value.quarter, value.revision, value.published_at) == (Q, 1, AT)
    (waiting,) = published.values_of(stores.register, KPI, MAY, "COUNCIL")
    assert (waiting.value, waiting.state) == (None, "awaiting")
    assert published.values_of(stores.register, KPI, MAY, "ICT") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "update published_figures set value = 99",
        "delete from published_figures",
        "truncate published_figures",
        "update packs set reason = 'another' where revision = 1",
        "update packs set state = 'draft' where revision = 1",
        "delete from packs where revision = 1",
        "truncate packs cascade",
        "insert into published_figures select * from another_figure",
    ],
)
def test_sql_cannot_change_what_was_published(stores, published_once, statement):
    published_once(a_figure("75.0"))
    with stores.register.begin() as connection:
        connection.execute(text("create table another_figure as select * from published_figures"))
        connection.execute(text("update another_figure set directorate = 'ICT'"))

    refused = pytest.raises(DatabaseError, match="Draft and publish a new revision")
    with refused, stores.register.begin() as connection:
        connection.execute(text(statement))


def test_drafts_may_be_changed_and_deleted(stores, drafted):
    drafted("a", a_figure("75.0"))
    with stores.register.begin() as connection:
        assert connection.execute(text("update packs set reason = 'x'")).rowcount == 1
        assert connection.execute(text("delete from packs")).rowcount == 1


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"revision": 2}, r"r2: there is no such revision. Draft"),
        ({"at": AT + timedelta(hours=1)}, r"cannot be published as of 2025-07-21T11:00. Name"),
        ({"at": NOW - timedelta(hours=1)}, r"cannot be published as of 2025-07-21T07:00. Name"),
        ({"at": AT.replace(tzinfo=None)}, r"cannot be published as of 2025-07-21T10:00. Name"),
    ],
)
def test_a_publication_that_cannot_be_is_refused(stores, drafted, how, words):
    folder = drafted("a", a_figure("75.0"))
    before = bytes_in(folder)

    with pytest.raises(CannotPublish, match=words):
        run(stores, **how)
    assert bytes_in(folder) == before


def test_a_revision_that_is_not_the_newest_is_refused(stores, drafted):
    drafted("a", a_figure("75.0"))
    drafted("b", a_figure("80.0"))

    with pytest.raises(CannotPublish, match=r"r1: revision 2 is newer. Publish that one"):
        run(stores)
    assert run(stores, 2).name == "r2"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("report.html", "report.html: was changed since it was made. Draft the pack again"),
        ("manifest.json", "manifest.json: is not the one that was drafted. Draft the pack again"),
    ],
)
def test_a_draft_whose_files_were_changed_is_refused(stores, drafted, file, words):
    folder = drafted("a", a_figure("75.0"))
    changed = (folder / file).read_text().replace("75.0", "99.0") + "\n"
    (folder / file).write_text(changed)

    with pytest.raises(CannotPublish, match=words):
        run(stores)


def test_a_draft_that_would_not_say_the_same_now_is_refused(stores, drafted, tmp_path):
    folder = drafted("a", a_figure("75.0"))
    council = tmp_path / "council"
    shutil.copytree(stores.settings.council, council)
    settled = (council / "council.yaml").read_text()
    (council / "council.yaml").write_text(settled.replace("Exampleshire Council", "Another"))
    theirs = replace(stores, settings=replace(stores.settings, council=council))
    before = bytes_in(folder)

    with pytest.raises(CannotPublish, match=r"would not say now what it said.*Draft the quarter"):
        run(theirs)
    assert bytes_in(folder) == before
    assert run(stores) == folder


def test_a_draft_whose_figures_were_changed_in_the_register_is_refused(stores, drafted):
    drafted("a", a_figure("75.0"))
    with stores.register.begin() as connection:
        connection.execute(text("update figures set value = 99"))

    with pytest.raises(CannotPublish, match="would not say now what it said"):
        run(stores)
    assert published.values_of(stores.register, KPI, Q, "COUNCIL") == ()


def test_a_draft_is_refused_once_another_pack_published_its_figures_otherwise(stores, drafted):
    drafted("a", a_figure("75.0", MAY), a_figure("70.0"))
    drafted("b", a_figure("74.0", MAY), a_figure("71.0", Q2), quarter=Q2)
    run(stores)

    with pytest.raises(CannotPublish, match="what was published meanwhile has changed"):
        run(stores, quarter=Q2)


def correction(drafted, stores, reason, state="final"):
    """A quarter that was published, and a draft of it with another figure."""
    first = an_extract(stores.register, "first")
    drafted("a", a_figure("75.0", state=state), extracts=[first])
    run(stores)
    late = an_extract(stores.register, "late", datetime(2025, 7, 10, tzinfo=UTC))
    return drafted("b", a_figure("80.0"), extracts=[first, late], reason=reason)


def test_a_correction_needs_a_persons_reason(stores, drafted):
    folder = correction(drafted, stores, "")
    before = bytes_in(folder)

    with pytest.raises(CannotPublish, match=r"r2: it corrects 1 published figure, .* Draft the"):
        run(stores, 2)
    assert bytes_in(folder) == before
    again = drafted("b", reason="The desk found tickets")
    assert told(run(stores, 3)) == {**told(again), "state": "published"}


def test_what_was_announced_needs_no_reason(stores, drafted):
    correction(drafted, stores, "", state="provisional")

    assert told(run(stores, 2))["revisions"][0]["type"] == "scheduled"


# PK-04: restated figures = rows of Revisions = [r] markers = revisions of the manifest.
PUBLISHED = [
    a_figure("75.0"), a_figure("71.2", MAY), a_figure("60.0", "2025-04"),
    a_figure("66.0", directorate="ASC"), a_figure("50.0", directorate="CYP"),
    a_figure("81.0", directorate="PLA"),
]  # fmt: skip
NOW_MEASURED = [
    a_figure("75.1"), a_figure("70.4", MAY), a_figure("60.0", "2025-04"),
    a_figure("66.5", directorate="ASC", state="provisional"),
    a_figure(None, directorate="CYP", state="suppressed"),
    a_figure("82.0", directorate="PLA", numerator=Decimal(3), denominator=Decimal(4)),
    a_figure("71.0", "2025-06"),
]  # fmt: skip
RESTATED = {("COUNCIL", Q), ("COUNCIL", MAY), ("ASC", Q), ("PLA", Q)}


def marked(folder):
    """The directorates and periods of the figures that a pack's workbook marks with [r]."""
    book = openpyxl.load_workbook(folder / "pack.xlsx")
    found = set()
    for name, directorate, period in (("KPI_figures", 4, 5), ("KPI_series", None, 3)):
        for row in book[name].iter_rows(values_only=True):
            if row[0] == KPI and any("[r]" in str(cell) for cell in row):
                found.add((row[directorate] if directorate else "COUNCIL", row[period]))
    return found


def test_restated_figures_revisions_markers_and_manifest_agree(stores, drafted):
    drafted("a", *PUBLISHED)
    run(stores)
    folder = drafted("b", *NOW_MEASURED, reason="Late tickets")
    folder = run(stores, 2)
    rows = told(folder)["revisions"]
    sheet = openpyxl.load_workbook(folder / "pack.xlsx")["Revisions"]
    listed = {(row[1], row[2]) for row in sheet.iter_rows(values_only=True) if row[0] == KPI}
    with stores.register.connect() as connection:
        flagged = connection.execute(
            text("select directorate, period from published_figures where 'restated' = any(flags)")
        ).all()

    assert {(row["directorate"], row["period"]) for row in rows} == RESTATED
    assert listed == RESTATED
    assert marked(folder) == RESTATED
    assert {tuple(row) for row in flagged} == RESTATED
    remarks = [str(cell.value) for cell in sheet["A"] if "no number now" in str(cell.value)]
    assert remarks == [
        "1 other figure that had been published shows no number now; the marker beside it says why."
    ]


def test_late_rows_of_may_restate_it_in_the_next_quarters_pack(stores, drafted):
    first = an_extract(stores.register, "first", months={MAY: 900})
    drafted("a", a_figure("71.2", MAY), a_figure("70.0"), extracts=[first])
    run(stores)
    late = an_extract(stores.register, "late", AUGUST, months={MAY: 14, "2025-07": 800})
    now = datetime(2025, 10, 21, tzinfo=UTC)
    figures = [a_figure("70.4", MAY), a_figure("70.0"), a_figure("72.0", Q2)]
    folder = drafted("b", *figures, quarter=Q2, extracts=[first, late], now=now)

    assert told(folder)["revisions"] == [
        {"kpi": KPI, "directorate": "COUNCIL", "period": MAY, "previous": "71.2",
         "revised": "70.4", "type": "correction",
         "reason": "14 late rows of tickets, received 12 August 2025"}
    ]  # fmt: skip
    assert run(stores, quarter=Q2, at=now, now=now) == folder
    values = published.values_of(stores.register, KPI, MAY, "COUNCIL")
    assert [(v.quarter, str(v.value), v.flags) for v in values] == [
        (Q, "71.2", ()),
        (Q2, "70.4", ("restated",)),
    ]


def test_a_figure_is_compared_with_the_pack_that_published_it_last(stores, drafted, published_once):
    published_once(a_figure("71.2", MAY), a_figure("70.0"))
    drafted("b", a_figure("70.4", MAY), quarter=Q2)
    run(stores, quarter=Q2)
    folder = drafted("c", a_figure("70.4", MAY), a_figure("69.0"), reason="An error")

    assert [row["period"] for row in told(folder)["revisions"]] == [Q]


KILLED = """
import os, signal, sys
from datetime import datetime
from scorecard import folders, publish, settings
from scorecard.objects import open_store
from scorecard.register import open_register, published
from scorecard.stores import Stores

url, home, where, at = sys.argv[1:]
def dying(module, name, after):
    real = getattr(module, name)
    def die(*arguments, **keywords):
        if after:
            real(*arguments, **keywords)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, die)
place, _, when = where.partition(" ")
if place:
    module, name = place.rsplit(".", 1)
    dying({"folders": folders, "os": os, "published": published}[module], name, when == "after")
chosen = settings.read({"SCORECARD_HOME": home})
keys = b"a key for tests only", bytes(range(32))
stores = Stores(open_register(url), open_store(chosen.store_url), chosen, *keys)
moment = datetime.fromisoformat(at)
publish.run(stores, "2025-26-Q1", "officer", 1, moment, moment)
"""


@pytest.mark.parametrize(
    ("where", "state"),
    [
        ("os.fsync before", "draft"),
        ("folders.write_whole after", "draft"),
        ("published.write before", "draft"),
        ("published.write after", "published"),
        ("folders.replace after", "published"),
    ],
)
def test_a_publication_that_is_killed_leaves_a_whole_pack_and_finishes(
    stores, drafted, where, state
):
    folder = drafted("a", a_figure("75.0"))
    approve(stores)
    url = stores.register.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, url, str(stores.settings.home), where, AT.isoformat()]
    died = subprocess.run(command, capture_output=True, text=True, check=False)

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert verification.problems(folder) == []
    assert packs.find(stores.register, Q, "officer", 1).state == state
    assert len(published.values_of(stores.register, KPI, Q, "COUNCIL")) == (state == "published")
    if where == "folders.replace after":
        with pytest.raises(CannotPublish, match="it was published"):
            run(stores)
    else:
        assert run(stores) == folder
    assert told(folder)["state"] == "published"
    assert verification.problems(folder) == []
    assert [path.name for path in folder.parent.iterdir()] == ["r1"]
    assert len(published.values_of(stores.register, KPI, Q, "COUNCIL")) == 1


def test_a_published_pack_whose_folder_was_lost_is_not_made_anew(stores, published_once):
    shutil.rmtree(published_once(a_figure("75.0")))

    with pytest.raises(CannotPublish, match=r"Restore 2025-26-Q1/officer/r1 from the backup"):
        run(stores)


def test_reasons_of_revisions_name_no_file_and_no_person(stores, drafted):
    correction(drafted, stores, "")
    reason = told(stores.settings.packs / Q / "officer" / "r2")["revisions"][0]["reason"]

    assert re.fullmatch(r"\d+ late rows of tickets, received 10 July 2025", reason)
    assert os.sep not in reason


HIDDEN = "remote_access_failures"  # not for the public; of people


def test_a_variant_publishes_the_figures_that_it_shows_and_no_other(stores, drafted):
    drafted("a", a_figure("75.0"), a_figure("3.0", kpi=HIDDEN))
    draft.run(stores, "a", "", "performance team", NOW, "public")
    approve(stores, variant="public")
    publish.run(stores, Q, "public", 1, AT, AT)
    run(stores)

    def seen(kpi):
        return {v.variant for v in published.values_of(stores.register, kpi, Q, "COUNCIL")}

    assert (seen(KPI), seen(HIDDEN)) == ({"officer", "public"}, {"officer"})


def test_a_variant_of_a_published_measurement_tells_nothing_that_was_not_told(stores, drafted):
    """It shows a part of what the other showed: nothing new has to be withheld beside it."""
    drafted("a", a_figure("75.0"), a_figure("3.0", kpi=HIDDEN))
    draft.run(stores, "a", "", "performance team", NOW, "public")
    kpis_now = kpis.load(INCLUDE / "sql" / "kpi").values()

    def told_by_then():
        return told_of_people.by_others(stores, Q2, AT, {}, kpis_now)

    run(stores)
    before = told_by_then()
    approve(stores, variant="public")
    publish.run(stores, Q, "public", 1, AT, AT)

    assert before == told_by_then() != ""


def test_a_pack_of_exceptions_is_published_in_a_quarter_without_any(stores, drafted):
    drafted("a", a_figure("95.0", rag="green", direction="better"))
    draft.run(stores, "a", "", "performance team", NOW, "scrutiny")
    approve(stores, variant="scrutiny")

    folder = Path(publish.run(stores, Q, "scrutiny", 1, AT, AT))
    assert verification.problems(folder) == []
    assert packs.find(stores.register, Q, "scrutiny", 1).state == "published"


def test_a_publication_waits_for_that_of_any_other_pack(stores, drafted):
    drafted("a", a_figure("75.0"))
    with ThreadPoolExecutor(1) as other:
        with only_one(stores.register, "publish"):
            waiting = other.submit(run, stores)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
            assert packs.find(stores.register, Q, "officer", 1).state == "draft"
        assert told(waiting.result(timeout=60))["state"] == "published"
