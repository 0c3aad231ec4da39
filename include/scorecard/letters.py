"""A notice as a plain e-mail, and as what a chat's webhook takes."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from scorecard.names import one_line
from scorecard.notices import Letter

_APART = "\u200b"  # a space without width: what follows is not read as one with what is before
# What begins a mention, a link, an address or emphasis. An underscore within a word begins none.
_MEANS = re.compile(r"[@\[\]!*~`#]|:(?=//)|(?<!\w)_|_(?!\w)|\bwww(?=\.)|\bmailto(?=:)")


def email(letter: Letter, sender: str) -> EmailMessage:
    """The letter as plain text. The same letter has the same Message-ID, however often it is made.

    A mail server or a reader that meets it twice can tell; a header holds no line break.
    """
    message = EmailMessage()
    message["Subject"] = one_line(letter.title)
    message["From"] = Address(addr_spec=sender)
    message["To"] = tuple(Address(addr_spec=address) for address in letter.to)
    message["Date"] = format_datetime(letter.raised_at)
    message["Message-ID"] = f"<{letter.identity}@{sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers it
    message.set_content("\n\n".join([*letter.lines, letter.link]) + "\n")
    return message


def chat(letter: Letter) -> dict[str, Any]:
    """The letter as Slack, Mattermost and others take it; nothing in it is a mention or markup.

    The one link is that to the officers' page, as it stands.
    """
    body = "\n".join(_escaped(line) for line in letter.lines)
    return {"text": f"*{_escaped(letter.title)}*\n{body}\n{_entities(letter.link)}"}


def card(letter: Letter) -> dict[str, Any]:
    """The letter as a card of Microsoft Teams: runs of text, in which no markup is read."""
    content = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "body": [_run(letter.title, weight="Bolder"), *(_run(line) for line in letter.lines)],
        "actions": [
            {"type": "Action.OpenUrl", "title": "Open the officers' page", "url": letter.link}
        ],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": content}]}


def _run(text: str, **style: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}


def _escaped(text: str) -> str:
    """Text as it is read, in which a chat finds nobody to call, no address and no markup."""
    return _entities(_MEANS.sub(lambda found: found[0] + _APART, text))


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
