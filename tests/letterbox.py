"""A mail server and a chat's server on this machine, which keep what they are sent."""

import json
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from aiosmtpd.controller import Controller

from running import running
from scorecard.orchestration.local import processes


class _Mailboxes:
    """What a mail server does with the letters that it is handed."""

    def __init__(self, refuses, by):
        self.refuses, self.by, self.letters = refuses, by, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuses in address:
            return self.by
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, message))
        return "250 kept"


class _Chat(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.letters.append((self.path, json.loads(body)))
        self.send_response(self.server.answers)
        self.end_headers()

    def log_message(self, *arguments):
        """Says nothing."""


@contextmanager
def mail_server(refuses="nobody at all", by="550 no such mailbox"):
    """`letters`: whom each message was for, and the message; `by`: how a mailbox is refused."""
    mailboxes = _Mailboxes(refuses, by)
    server = Controller(mailboxes, hostname="127.0.0.1", port=processes.free_port())
    server.start()
    try:
        yield SimpleNamespace(letters=mailboxes.letters, port=server.port)
    finally:
        server.stop()


@contextmanager
def chat_server(answers=200):
    """`letters`: the path that each was posted to, and its JSON."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Chat)
    server.answers, server.letters = answers, []
    with running(server):
        yield server


def connections(mail=None, chat=None, form=None):
    """The environment in which Airflow has a connection for each server."""
    made = {}
    if mail:
        made["AIRFLOW_CONN_SCORECARD_SMTP"] = json.dumps(
            {
                "conn_type": "smtp", "host": "127.0.0.1", "port": mail.port,
                "extra": {"disable_ssl": True, "disable_tls": True, "retry_limit": 0,
                          "from_email": "scorecard@exampleshire.gov.uk"},
            }
        )  # fmt: skip
    if chat:
        address = f"http://127.0.0.1:{chat.server_address[1]}/hooks/secret"
        made["AIRFLOW_CONN_SCORECARD_WEBHOOK"] = json.dumps(
            {"conn_type": "http", "password": address, "extra": {"format": form} if form else {}}
        )
    return made
