"""Commentary is written by officers, from this site's own form, and checked as anywhere else."""

from datetime import UTC, datetime, timedelta

import pytest
from council_packs import PAGE
from lxml import html
from record import KPI, Q

from scorecard.audience import Reader
from scorecard.orchestration.page import forms
from scorecard.register import commentary, trail

SLOTS = f"{PAGE}/commentary/{Q}"
SLOT = f"{SLOTS}/{KPI}/COUNCIL"
ROLE = "Head of ICT Service Delivery"
SAID = {
    "cause": "A four day <outage>.", "action": "A second line is ordered.", "owner": ROLE,
    "by_when": "2025-09-30", "role": ROLE,
}  # fmt: skip


def sent(browser, **changed):
    """The form as a person fills it in: with the token that stands in it."""
    page = html.fromstring(browser.get(SLOT).text)
    token = page.xpath("//input[@name='token']/@value")[0]
    return {**SAID, "token": token, **changed}


def written(stores):
    return commentary.of_quarter(stores.register, Q)


def test_an_officer_finds_the_slot_fills_it_in_and_sees_it_supplied(client, stores):
    officer = client("officer")
    listed = officer.get(SLOTS).text
    assert "1 of 1 figure still ask" in listed
    answer = officer.post(SLOT, data=sent(officer))

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{SLOTS}?written={KPI}/COUNCIL"
    shown = officer.get(answer.headers["location"]).text
    assert "Written: Incidents resolved within SLA, Whole council" in shown
    assert "A four day &lt;outage&gt;." in shown
    (comment,) = written(stores)
    assert (comment.written_by, comment.owner, str(comment.by_when)) == (ROLE, ROLE, "2025-09-30")
    event = next(row for row in trail.everything(stores.register) if row[1] == "commented")
    assert event[2:6] == ("officer", ROLE, Q, "")
    assert event[8] == f"{KPI}, COUNCIL"


def test_the_same_comment_again_is_written_once(client, stores):
    officer = client("officer")
    for _ in range(2):
        assert officer.post(SLOT, data=sent(officer)).status_code == 303

    assert len(written(stores)) == 1


@pytest.mark.parametrize(
    ("changed", "words", "part"),
    [
        ({"cause": ""}, "Cause is missing", "cause"),
        ({"cause": "word " * 121}, "Shorten them to 120", "cause"),
        ({"cause": "=HYPERLINK(1)"}, "takes for a formula", "cause"),
        ({"owner": "Jane Smith"}, "is not a role", "owner"),
        ({"by_when": "soon"}, "is not a day", "by_when"),
        ({"by_when": "2025-06-29"}, "lies before the quarter", "by_when"),
        ({"role": "Jane Smith"}, "is no role of the council", ""),
        ({"role": ""}, "is no role of the council", ""),
    ],
)
def test_a_comment_that_cannot_be_printed_is_refused_beside_its_field(
    client, stores, changed, words, part
):
    officer, before = client("officer"), written(stores)
    answer = officer.post(SLOT, data=sent(officer, **changed))
    page = html.fromstring(answer.text)

    assert answer.status_code == 422
    assert words in " ".join(page.xpath("//*[@role='alert']")[0].text_content().split())
    assert page.xpath("//*[@aria-invalid]/@id") == ([part] if part else [])
    assert page.xpath("//title/text()")[0].startswith("Error: ")
    # What was typed is not lost.
    assert page.xpath("//textarea[@id='action']/text()") == [SAID["action"]]
    assert written(stores) == before


@pytest.mark.parametrize(
    "made",
    [
        "", "nonsense", "1.2", ".", "99999999999.aa", "\N{LATIN SMALL LETTER E WITH ACUTE}.1",
        lambda now: forms.token(Reader("approver", True), now),
        lambda now: forms.token(Reader("officer", True), now - timedelta(hours=9)),
        lambda now: forms.token(Reader("officer", True), now + timedelta(hours=1)),
        lambda now: forms.token(Reader("officer", True), now)[:-1],
    ],
)  # fmt: skip
def test_a_form_without_this_readers_token_writes_nothing(client, stores, made):
    officer, before = client("officer"), written(stores)
    given = made(datetime.now(UTC)) if callable(made) else made
    answer = officer.post(SLOT, data={**SAID, "cause": "Forged.", "token": given})

    assert answer.status_code == 403
    assert "Nothing was written" in answer.text
    assert written(stores) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json"}, 415),
        ({"content-type": "multipart/form-data; boundary=a"}, 415),
    ],
)
def test_what_another_site_could_send_writes_nothing(client, stores, headers, status):
    officer, before = client("officer"), written(stores)
    form = sent(officer, cause="Forged.")
    usual = {"content-type": "application/x-www-form-urlencoded"}
    body = "&".join(f"{name}={value}" for name, value in form.items())
    answer = officer.post(SLOT, content=body, headers={**usual, **headers})

    assert answer.status_code == status
    assert written(stores) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"cause=" + b"a" * 20_001, 413), (b"a=1&" * 30, 400), (b"cause=%ff", 400), (b"\xff", 400)],
)
def test_a_form_that_cannot_be_read_is_refused(client, body, status):
    usual = {"content-type": "application/x-www-form-urlencoded"}

    assert client("officer").post(SLOT, content=body, headers=usual).status_code == status


@pytest.mark.parametrize("user", ["viewer", "member"])
def test_who_only_reads_writes_nothing(client, stores, user):
    before = written(stores)
    token = forms.token(Reader(user, False), datetime.now(UTC))

    assert client(user).post(SLOT, data={**SAID, "token": token}).status_code == 403
    assert written(stores) == before


@pytest.mark.parametrize(
    "address", ["2025-26-Q9", "x", f"{Q}/nothing/COUNCIL", f"{Q}/{KPI}/NONE", f"{Q}/{KPI}/%00",
                "2024-25-Q1"],
)  # fmt: skip
def test_a_slot_that_is_not_open_is_404(client, address):
    assert client("officer").get(f"{PAGE}/commentary/{address}").status_code == 404
