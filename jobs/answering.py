"""The worker's own door: it has no screens, but whoever has the store open answers for it.

The same commands, token rule and answers as ``web.control``, on a loopback address of its own.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from engine.commands.house import House
from engine.model.errors import Fault

MAX_BODY = 64 * 1024
Handlers = Mapping[str, Callable[[House, Mapping[str, Any]], dict[str, Any]]]


class Door(ThreadingHTTPServer):
    """Listens on a free loopback port; while ``token`` is empty everything is refused."""

    daemon_threads = True

    def __init__(self, house: House, handlers: Handlers) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.house, self.handlers, self.token = house, handlers, ""

    @property
    def address(self) -> str:
        """``http://127.0.0.1:port``."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def open_door(house: House, handlers: Handlers) -> Iterator[Door]:
    """Answer commands in threads of their own until the block ends."""
    door = Door(house, handlers)
    thread = threading.Thread(target=door.serve_forever, name="door", daemon=True)
    thread.start()
    try:
        yield door
    finally:
        door.shutdown()
        thread.join()
        door.server_close()


class _Answer(BaseHTTPRequestHandler):
    server: Door
    timeout = 30

    def do_POST(self) -> None:
        """Run the command named in the path, for whoever knows the token."""
        length = int(self.headers.get("Content-Length") or 0)
        given = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        token = self.server.token
        if not token or not hmac.compare_digest(given.encode(), token.encode()):
            return self._say(403, {"error": "The token of this store's owner is missing or wrong."})
        if length > MAX_BODY:
            return self._say(413, {"error": f"The arguments are too large; {MAX_BODY} bytes."})
        handler = self.server.handlers.get(self.path.removeprefix("/_control/"))
        if handler is None:
            return self._say(404, {"error": f"There is no command at {self.path}."})
        try:
            arguments = json.loads(self.rfile.read(length) or b"{}")
            return self._say(200, handler(self.server.house, arguments))
        except Fault as fault:
            return self._say(409, {"error": str(fault), "kind": type(fault).__name__})
        except ValueError:
            return self._say(400, {"error": "The arguments are not JSON."})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class names it so
        """Commands are kept in the ledger, not on the terminal."""

    def _say(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
