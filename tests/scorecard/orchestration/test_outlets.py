"""Notices leave Airflow by a real mail server and a real chat's server, if it is connected."""

from datetime import UTC, datetime

import pytest

from letterbox import chat_server, connections, mail_server
from scorecard.notices import Letter
from scorecard.notify import Undeliverable
from scorecard.orchestration.outlets import WrongOutlet, outlets

LETTER = Letter(
    identity="ab" * 32,
    to=("ict.service@exampleshire.gov.uk", "finance.partnering@exampleshire.gov.uk"),
    title="Late: tickets of 2025-06",
    lines=("tickets: nothing has been accepted for 2025-06.", "Send <it> & try."),
    link="https://scorecard.exampleshire.gov.uk/performance/packs",
    raised_at=datetime(2025, 7, 3, 6, tzinfo=UTC),
)


@pytest.fixture
def connect(monkeypatch):
    """Give Airflow the connections of some servers."""

    def give(**servers):
        for name, value in connections(**servers).items():
            monkeypatch.setenv(name, value)
        return outlets().ways

    return give


def test_without_connections_there_is_no_way_and_nothing_fails(connect):
    assert connect() == {}


def test_links_lead_to_the_address_that_people_open(connect, monkeypatch):
    assert outlets().page == "http://localhost:8080"
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://scorecard.exampleshire.gov.uk")
    assert outlets().page == "https://scorecard.exampleshire.gov.uk"


def test_a_letter_leaves_as_a_plain_e_mail_to_every_mailbox(connect):
    with mail_server() as mail:
        connect(mail=mail)["e-mail"](LETTER)

    ((to, message),) = mail.letters
    assert tuple(to) == LETTER.to
    assert message["Subject"] == "Late: tickets of 2025-06"
    assert message["Message-ID"] == f"<{'ab' * 32}@exampleshire.gov.uk>"
    assert message.get_content_type() == "text/plain"
    paragraphs = [line for line in message.get_content().splitlines() if line]
    assert paragraphs == [*LETTER.lines, LETTER.link]


def test_a_mailbox_that_the_server_refuses_is_said_whether_another_takes_the_letter_or_not(
    connect,
):
    with mail_server(refuses="exampleshire") as mail:
        assert connect(mail=mail)["e-mail"](LETTER) == dict.fromkeys(LETTER.to, True)
    assert mail.letters == []
    with mail_server(refuses="finance.partnering") as mail:
        assert connect(mail=mail)["e-mail"](LETTER) == {LETTER.to[1]: True}
    assert [to for to, _ in mail.letters] == [[LETTER.to[0]]]


def test_a_mailbox_that_is_full_for_now_may_take_the_letter_later(connect):
    with mail_server(refuses="finance.partnering", by="450 try later") as mail:
        assert connect(mail=mail)["e-mail"](LETTER) == {LETTER.to[1]: False}


def test_a_mail_server_that_is_away_is_a_passing_fault(connect):
    with mail_server() as mail:
        ways = connect(mail=mail)
    with pytest.raises(OSError, match="refused"):
        ways["e-mail"](LETTER)


def test_a_letter_without_a_sender_says_what_the_connection_lacks(connect, monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_SMTP", "smtp://127.0.0.1:9")

    with pytest.raises(WrongOutlet, match="Add from_email"):
        outlets().ways["e-mail"](LETTER)


def test_a_chat_takes_text_in_which_nothing_is_a_mention_or_a_link(connect):
    with chat_server() as chat:
        connect(chat=chat)["webhook"](LETTER)

    ((path, said),) = chat.letters
    assert path == "/hooks/secret"
    assert said["text"].splitlines() == [
        "*Late: tickets of 2025-06*",
        LETTER.lines[0],
        "Send &lt;it&gt; &amp; try.",
        LETTER.link,
    ]


def test_teams_takes_a_card_whose_text_is_not_read_as_markup(connect):
    with chat_server() as chat:
        connect(chat=chat, form="teams")["webhook"](LETTER)

    content = chat.letters[0][1]["attachments"][0]["content"]
    assert {block["type"] for block in content["body"]} == {"RichTextBlock"}
    assert [b["inlines"][0]["text"] for b in content["body"]] == [LETTER.title, *LETTER.lines]
    assert content["actions"][0]["url"] == LETTER.link


@pytest.mark.parametrize(
    ("answers", "error"), [(404, Undeliverable), (429, ConnectionError), (503, ConnectionError)]
)
def test_what_a_chat_will_never_take_is_told_from_what_it_does_not_take_now(
    connect, answers, error
):
    with chat_server(answers) as chat, pytest.raises(error, match=str(answers)) as raised:
        connect(chat=chat)["webhook"](LETTER)
    assert "secret" not in str(raised.value)


def test_the_address_of_a_chat_is_in_no_error(connect, monkeypatch):
    with chat_server() as chat:
        ways = connect(chat=chat)
    with pytest.raises(ConnectionError) as raised:
        ways["webhook"](LETTER)
    assert "secret" not in str(raised.value)

    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_WEBHOOK", '{"conn_type": "http", "password": "x"}')
    with pytest.raises(WrongOutlet, match=r"is no address\. Enter the whole address"):
        outlets().ways["webhook"](LETTER)
