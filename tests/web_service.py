"""A web service on this machine, which behaves as the documentation of real ones says.

A service is a function from a question to an answer; `listed` makes one from records. Faults are
answers that come in place of the n-th.
"""

import json
import socket
import socketserver
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from running import running


@dataclass(frozen=True)
class Asked:
    """A question as it came."""

    method: str
    path: str
    params: dict
    headers: dict
    body: bytes


@dataclass(frozen=True)
class Told:
    """An answer. `cut`: how many bytes of its body are held back while the line is closed."""

    said: object = None
    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes | None = None
    cut: int = 0
    slow: float = 0  # seconds before each tenth of the body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        params = dict(parse_qsl(url.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, url.path, params, headers, self.rfile.read(length))
        with self.server.lock:
            self.server.asked.append(asked)
            told = self.server.faults.pop(len(self.server.asked), None)
        self._tell(told if isinstance(told, Told) else (told or self.server.answers)(asked))

    do_POST = do_GET  # noqa: N815

    def _tell(self, told):
        body = json.dumps(told.said).encode() if told.body is None else told.body
        self.send_response_only(told.status)
        usual = {"Date": self.date_time_string(), "Content-Type": "application/json"}
        for name, value in (usual | told.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", len(body) if told.status != 204 else 0)
        self.end_headers()
        step = max(1, len(body) // 10) if told.slow else max(1, len(body))
        for start in range(0, len(body) - told.cut, step):
            time.sleep(told.slow)
            self.wfile.write(body[start : min(start + step, len(body) - told.cut)])
        self.close_connection = self.close_connection or bool(told.cut)

    def log_message(self, *arguments):
        """Says nothing."""


@contextmanager
def serving(answers, faults=None, certificate=None):
    """A server with `url`, and `asked`, the questions that came. Faults: {2: Told(status=429)}."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.asked, server.answers, server.faults = [], answers, dict(faults or {})
    server.lock = threading.Lock()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.port = server.server_address[1]
    server.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.port}"
    with running(server):
        yield server


def listed(records, paging="offset", size=2, top="value"):
    """A service that has these records, or a function's of a question, and pages them."""

    def answer(asked):
        found = records(asked) if callable(records) else records
        start = int(asked.params.get("start", 0))
        if paging == "page":
            start = (int(asked.params.get("page", 1)) - 1) * size
        part, following = found[start : start + size], start + size
        said = {top: part} if top else part
        headers, more = {}, following < len(found)
        here = f"http://{asked.headers['host']}{asked.path}"
        if paging == "cursor" and more:
            said["cursor"] = str(following)
        elif paging == "next" and more:
            said["next"] = f"{here}?start={following}"
        elif paging == "link" and more:
            headers["Link"] = f'<{here}?start=0>;rel="first",<{here}?start={following}>;rel="next"'
        elif paging == "more":
            said["info"] = {"more": more}
        return Told(said, headers=headers)

    return answer


class _Tunnel(socketserver.StreamRequestHandler):
    """A proxy that opens every tunnel to one port of this machine."""

    def handle(self):
        self.server.tunnels.append(self.rfile.readline().decode().split()[1])
        while self.rfile.readline().strip():
            pass
        with socket.create_connection(("127.0.0.1", self.server.to)) as far:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pour, args=(far, self.connection), daemon=True)
            back.start()
            _pour(self.connection, far)
            back.join(1)


def _pour(source, into):
    with suppress(OSError):
        while chunk := source.recv(65536):
            into.sendall(chunk)
        into.shutdown(socket.SHUT_WR)


@contextmanager
def tunnelling(port):
    """A proxy with `url`, and `tunnels`, what it was asked to lead to."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Tunnel)
    server.daemon_threads = True
    server.to, server.tunnels = port, []
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield server


def certificates(folder, host):
    """A throw-away authority's certificate, and a chain and key of a host that it vouches for."""
    authority, told = ec.generate_private_key(ec.SECP256R1()), _name("A throw-away authority")
    root = _certificate(told, told, authority.public_key(), authority, ca=True)
    key = ec.generate_private_key(ec.SECP256R1())
    alternative = x509.SubjectAlternativeName([
        x509.DNSName(host) if not host[0].isdigit() else x509.IPAddress(ip_address(host))
    ])  # fmt: skip
    leaf = _certificate(told, _name(host), key.public_key(), authority, alternative)
    pem = serialization.Encoding.PEM
    paths = folder / "authority.pem", folder / "chain.pem", folder / "key.pem"
    paths[0].write_bytes(root.public_bytes(pem))
    paths[1].write_bytes(leaf.public_bytes(pem))
    paths[2].write_bytes(key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    return paths


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(issuer, subject, public, signer, *extensions, ca=False):
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer, subject, public, x509.random_serial_number(), now - timedelta(1), now + timedelta(1)
    )
    made = made.add_extension(x509.BasicConstraints(ca, None), critical=True)
    for extension in extensions:
        made = made.add_extension(extension, critical=False)
    return made.sign(signer, hashes.SHA256())
