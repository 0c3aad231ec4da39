"""The ways by which notices leave Airflow: its connections scorecard_smtp and scorecard_webhook.

Without these connections nothing leaves; the notices stand in the register and the log.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from scorecard.orchestration.connections import found

if TYPE_CHECKING:
    from scorecard.notices import Letter
    from scorecard.notify import Outlets, Refused
    from scorecard.register.notices import Way

SMTP = "scorecard_smtp"
WEBHOOK = "scorecard_webhook"
_LOCAL = "http://localhost:8080"
_PATIENCE = 20.0  # seconds that a chat's server may take
_AGAIN = (408, 425, 429)  # what a server means by "not now"


class WrongOutlet(ValueError):
    """A connection that cannot be used."""


def outlets() -> "Outlets":
    """The ways that are set up, and the address of the officers' page."""
    from airflow.sdk.configuration import conf

    from scorecard.notify import Outlets

    ways: dict[Way, Callable[[Letter], Refused | None]] = {}
    if mail := found(SMTP):
        ways["e-mail"] = partial(_mail, mail.extra_dejson.get("from_email", ""))
    if hook := found(WEBHOOK):
        ways["webhook"] = partial(_post, hook.password or "", hook.extra_dejson.get("format"))
    return Outlets(conf.get("api", "base_url", fallback="") or _LOCAL, ways)


def _mail(sender: str, letter: "Letter") -> "Refused":
    """Hand a letter to the council's mail server, as the connection says; whom it refused."""
    import smtplib

    from airflow.providers.smtp.hooks.smtp import SmtpHook

    from scorecard.letters import email

    if not sender:
        raise WrongOutlet(
            f"connection {SMTP}: does not say who sends. Add from_email to its extra fields."
        )
    with SmtpHook(smtp_conn_id=SMTP) as hook:
        # The hook's own way of sending knows HTML alone; this is its connection, signed in.
        client: Any = hook._smtp_client
        try:
            refused = client.send_message(email(letter, sender), sender, list(letter.to))
        except smtplib.SMTPRecipientsRefused as all_of_them:
            refused = all_of_them.recipients
    return {address: code >= 500 for address, (code, _) in refused.items()}


def _post(address: str, form: str | None, letter: "Letter") -> None:
    """Post a letter to a chat. The address is a secret: no error names it."""
    import httpx

    from scorecard.letters import card, chat
    from scorecard.notify import Undeliverable

    if not address.startswith(("https://", "http://")):
        raise WrongOutlet(
            f"connection {WEBHOOK}: its password is no address. Enter the whole address that the "
            "chat gave, beginning with https://."
        )
    body = card(letter) if form == "teams" else chat(letter)
    try:
        answer = httpx.post(address, json=body, timeout=_PATIENCE)
    except httpx.HTTPError as error:
        raise ConnectionError(f"the chat's server: {type(error).__name__}") from None
    if answer.is_success:
        return
    if answer.is_client_error and answer.status_code not in _AGAIN:
        raise Undeliverable(f"the chat's server refuses it ({answer.status_code}).")
    raise ConnectionError(f"the chat's server answered {answer.status_code}")
