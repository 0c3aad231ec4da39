"""A mail server and a chat's server on this machine, which keep what they are sent."""

import json
import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand over a message."""

    def handle(self):
        to = []
        self._say("220 letterbox")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and self.server.refuses in line:
                self._say(self.server.by)
            elif verb == b"RCPT":
                to.append(line.decode().split("<")[1].split(">")[0])
                self._say("250 yes")
            elif verb == b"DATA":
                self._say("354 go on")
                message = message_from_bytes(self._data(), policy=policy.default)
                self.server.letters.append((to, message))
                self._say("250 kept")
            elif verb == b"QUIT":
                self._say("221 goodbye")
                return
            else:
                self._say("250 yes")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _data(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


class _MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Chat(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.letters.append((self.path, json.loads(body)))
        self.send_response(self.server.answers)
        self.end_headers()

    def log_message(self, *arguments):
        """Says nothing."""


@contextmanager
def _served(server):
    server.letters = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mail_server(refuses="nobody at all", by="550 no such mailbox"):
    """`letters`: whom each message was for, and the message; `by`: how a mailbox is refused."""
    server = _MailServer(("127.0.0.1", 0), _Mail)
    server.refuses, server.by = refuses.encode(), by
    with _served(server):
        yield server


@contextmanager
def chat_server(answers=200):
    """`letters`: the path that each was posted to, and its JSON."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Chat)
    server.answers = answers
    with _served(server):
        yield server


def connections(mail=None, chat=None, form=None):
    """The environment in which Airflow has a connection for each server."""
    made = {}
    if mail:
        made["AIRFLOW_CONN_SCORECARD_SMTP"] = json.dumps(
            {
                "conn_type": "smtp", "host": "127.0.0.1", "port": mail.server_address[1],
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
