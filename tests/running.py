"""A server of the tests at work in a thread, and gone when the block ends."""

import threading
from contextlib import contextmanager


@contextmanager
def running(server):
    """The server, which answers meanwhile."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
