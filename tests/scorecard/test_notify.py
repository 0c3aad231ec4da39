"""A notice leaves once by each way, whoever sends it and however often; what fails waits."""

import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from record import NOW, Q
from sqlalchemy import select

from letterbox import mail_server
from scorecard import notify
from scorecard.notices import Found, published, refused
from scorecard.notify import NotDelivered, Outlets, Undeliverable
from scorecard.register.notices import Addressed, Delivery, NoticeRow
from scorecard.strict import WrongDefinition

OWNER = "Head of ICT Service Delivery"
PAGE = "https://scorecard.exampleshire.gov.uk"


def raise_one(stores, key="a file", owner=OWNER):
    notice = refused("tickets", owner, [Found(7, key, "it is empty.")])
    notify.tell(stores, "refused", lambda told: [] if key in told else [notice], NOW)


def outcomes(stores):
    with stores.register.connect() as connection:
        asked = select(NoticeRow.items, Delivery.way, Delivery.outcome).join(Delivery)
        return sorted((items[0], way, outcome) for items, way, outcome in connection.execute(asked))


def test_a_notice_is_sent_to_the_mailbox_of_its_role_with_a_link_and_only_once(stores):
    letters = []
    for _ in range(2):
        raise_one(stores)
        notify.run(stores, Outlets(PAGE + "/", {"e-mail": letters.append}), NOW)

    (letter,) = letters
    assert letter.to == ("ict.service@exampleshire.gov.uk",)
    assert letter.link == f"{PAGE}/performance/packs"
    assert outcomes(stores) == [("a file", "e-mail", "sent"), ("a file", "webhook", "not set up")]


def test_without_any_way_a_notice_stands_in_the_register_and_the_log(stores, caplog):
    raise_one(stores)

    assert notify.run(stores, Outlets(PAGE, {}), NOW) == 0
    assert {outcome for *_, outcome in outcomes(stores)} == {"not set up"}
    assert "Refused: 1 extract of tickets (to Head of ICT Service Delivery)" in caplog.text


def test_a_way_that_is_set_up_later_does_not_send_what_was_told_before(stores):
    raise_one(stores)
    notify.run(stores, Outlets(PAGE, {}), NOW)
    letters = []

    assert notify.run(stores, Outlets(PAGE, {"e-mail": letters.append}), NOW) == 0
    assert letters == []


def test_two_runs_at_once_raise_and_send_one(stores):
    letters = []

    def work(_):
        raise_one(stores)
        return notify.run(stores, Outlets(PAGE, {"e-mail": letters.append}), NOW)

    with ThreadPoolExecutor(4) as hands:
        assert sum(hands.map(work, range(4))) == 1
    assert len(letters) == 1


def test_a_way_that_fails_keeps_its_notices_and_holds_no_other_way_up(stores):
    raise_one(stores, "one")
    raise_one(stores, "two")
    tried, letters = [], []

    def away(letter):
        tried.append(letter)
        raise ConnectionRefusedError("nobody listens")

    ways = {"e-mail": away, "webhook": letters.append}
    with pytest.raises(NotDelivered, match=r"by e-mail: ConnectionRefusedError\. They wait"):
        notify.run(stores, Outlets(PAGE, ways), NOW)
    assert (len(tried), len(letters)) == (1, 2)

    notify.run(stores, Outlets(PAGE, {**ways, "e-mail": letters.append}), NOW + timedelta(hours=1))
    assert [item for item, way, outcome in outcomes(stores) if outcome == "sent"] == [
        "one", "one", "two", "two",
    ]  # fmt: skip


def test_what_a_receiver_never_takes_is_said_once_and_not_tried_again(stores):
    raise_one(stores)

    def refuses(letter):
        raise Undeliverable("the mail server refuses its mailbox.")

    with pytest.raises(Undeliverable, match=r"of tickets: the mail server refuses.*alerts\.yaml"):
        notify.run(stores, Outlets(PAGE, {"e-mail": refuses}), NOW)
    assert notify.run(stores, Outlets(PAGE, {"e-mail": refuses}), NOW) == 0


def with_contact(stores, folder, contact, mailboxes=lambda text: text):
    """The stores of a council whose contact is another."""
    shutil.copytree(stores.settings.council, folder)
    for name, change in (
        ("council.yaml", lambda text: text.replace("performance@exampleshire.gov.uk", contact)),
        ("alerts.yaml", mailboxes),
    ):
        (folder / name).write_text(change((folder / name).read_text()))
    return replace(stores, settings=replace(stores.settings, council=folder))


def test_a_role_that_has_no_address_holds_no_other_letter_up(stores, tmp_path):
    stores = with_contact(stores, tmp_path / "council", '"Civic Centre, 01632 960001"')
    raise_one(stores, "one", "A role of last year")
    raise_one(stores, "two")
    mails, chats = [], []
    ways = Outlets(PAGE, {"e-mail": mails.append, "webhook": chats.append})

    said = r"A role of last year: has no mailbox.* is no address\. Add the mailbox to alerts"
    with pytest.raises(Undeliverable, match=said):
        notify.run(stores, ways, NOW)
    assert (len(mails), len(chats)) == (1, 2)
    assert notify.run(stores, ways, NOW) == 0
    assert outcomes(stores) == [
        ("one", "e-mail", "refused"),
        ("one", "webhook", "sent"),
        ("two", "e-mail", "sent"),
        ("two", "webhook", "sent"),
    ]


def test_a_contact_that_is_no_address_is_refused_while_a_role_needs_it(stores, tmp_path):
    def without_approver(text):
        return "".join(line for line in text.splitlines(True) if "approver:" not in line)

    stores = with_contact(stores, tmp_path / "council", '"01632 960001"', without_approver)
    raise_one(stores)
    letters = []
    with pytest.raises(
        WrongDefinition, match=r"^alerts\.yaml: mailboxes: approver: has no mailbox"
    ):
        notify.run(stores, Outlets(PAGE, {"e-mail": letters.append}), NOW)
    assert len(letters) == 1


def test_what_became_of_a_letter_is_recorded_for_each_mailbox_and_only_who_waits_gets_it_again(
    stores,
):
    roles = (OWNER, "Director of Resources", "approver")
    took, full, nobody = (f"{name}@exampleshire.gov.uk" for name in (
        "ict.service", "resources", "pack.approval",
    ))  # fmt: skip
    notify.tell(stores, "published", lambda told: [published(Q, roles, ["r1"])], NOW)
    letters, answers = [], [{full: False, nobody: True}, {}]

    def send(letter):
        letters.append(letter.to)
        return answers.pop(0)

    outlets = Outlets(PAGE, {"e-mail": send})
    with pytest.raises(NotDelivered, match=rf"to {full}\. They wait.* server refuses {nobody}\."):
        notify.run(stores, outlets, NOW)
    assert [notify.run(stores, outlets, NOW), notify.run(stores, outlets, NOW)] == [1, 0]
    assert letters == [(took, full, nobody), (full,)]
    with stores.register.connect() as connection:
        rows = connection.execute(select(Addressed.address, Addressed.outcome)).all()
    assert {tuple(row) for row in rows} == {(took, "sent"), (full, "sent"), (nobody, "refused")}
    assert ("r1", "e-mail", "sent") in outcomes(stores)


def test_a_mailbox_that_is_refused_is_said_though_another_took_the_letter(stores):
    roles = (OWNER, "approver")
    notify.tell(stores, "published", lambda told: [published(Q, roles, ["r1"])], NOW)
    outlets = Outlets(PAGE, {"e-mail": lambda letter: {"pack.approval@exampleshire.gov.uk": True}})

    with pytest.raises(
        Undeliverable, match=r"^Published: .* refuses pack\.approval@.* correct the"
    ):
        notify.run(stores, outlets, NOW)
    assert notify.run(stores, outlets, NOW) == 0


KILLED = """
import os, signal, smtplib, sys
from datetime import datetime
from scorecard import letters, notify, settings
from scorecard.objects import open_store
from scorecard.register import notices, open_register
from scorecard.stores import Stores

url, home, port, when, at = sys.argv[1:]
def send(letter):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    with smtplib.SMTP("127.0.0.1", int(port)) as client:
        client.send_message(letters.email(letter, "scorecard@exampleshire.gov.uk"))
    if when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
chosen = settings.read({"SCORECARD_HOME": home})
stores = Stores(open_register(url), open_store(chosen.store_url), chosen, b"")
moment = datetime.fromisoformat(at)
notify.run(stores, notify.Outlets("https://localhost", {"e-mail": send}), moment)
"""


@pytest.mark.parametrize(("when", "letters"), [("before", 1), ("after", 2)])
def test_a_sender_that_is_killed_loses_nothing_and_a_second_letter_is_known_as_the_same(
    stores, when, letters
):
    raise_one(stores)
    url = stores.register.url.render_as_string(hide_password=False)
    with mail_server() as mail:
        port = str(mail.port)

        def send(moment):
            arguments = [url, str(stores.settings.home), port, moment, NOW.isoformat()]
            command = [sys.executable, "-c", KILLED, *arguments]
            return subprocess.run(command, capture_output=True, check=False).returncode

        assert send(when) == -signal.SIGKILL
        assert outcomes(stores) == []
        assert [send("never"), send("never")] == [0, 0]
    assert len(mail.letters) == letters
    assert len({message["Message-ID"] for _, message in mail.letters}) == 1
