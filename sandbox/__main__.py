"""`python -m sandbox --state DIR`: serve a simulated ad market until told to stop."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import uvicorn

from sandbox import ca
from sandbox.control.app import build
from sandbox.faults import FaultBox
from sandbox.google.auth import credentials
from sandbox.google.server import serve
from sandbox.world import MANAGER_ID, World, WorldError

_POLL_SECONDS = 0.5


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of this world")
    parser.add_argument("--https-port", type=int, default=0, help="control and token; 0: any")
    parser.add_argument("--grpc-port", type=int, default=0, help="Google Ads; 0: any")
    parser.add_argument("--ca", type=Path, default=None, help="folder of the authority")
    parser.add_argument("--parent-pid", type=int, default=0, help="stop when this process ends")
    args = parser.parse_args()
    try:
        _serve(args.state, args.ca or ca.default_folder(), args)
    except WorldError as wrong:
        sys.exit(str(wrong))


def _serve(state: Path, authority: Path, args: argparse.Namespace) -> None:
    world, faults = World(state), FaultBox()
    (state / "ready.json").unlink(missing_ok=True)  # a crash may have left one
    known = credentials(world.secret, MANAGER_ID)
    key, chain = ca.issue(authority)
    grpc_server, grpc_port = serve(world, faults, known, (key, chain), args.grpc_port)
    listener = _listener(args.https_port)
    https_port = listener.getsockname()[1]
    web = _Web(build(world, faults, known), key, chain)
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    thread = threading.Thread(target=web.run, args=(listener,), name="control", daemon=True)
    thread.start()
    web.wait()
    ready = {
        "pid": os.getpid(),
        "grpc": f"localhost:{grpc_port}",
        "https": f"https://localhost:{https_port}",
        "token_uri": f"https://localhost:{https_port}/token",
        "ca": str(ca.certificate_path(authority).absolute()),
        "ca_bundle": str(ca.ensure(authority).absolute()),
        "control_token": world.control_token,
        "state": str(state.absolute()),
        "google": asdict(known),
    }
    _write_ready(state / "ready.json", ready)
    _until(stopping, args.parent_pid)
    (state / "ready.json").unlink(missing_ok=True)
    grpc_server.stop(0.2).wait()
    web.stop()
    thread.join(5)
    world.close()


class _Web:
    """uvicorn in a thread, over TLS, on a socket that is bound already."""

    def __init__(self, app: Any, key: bytes, chain: bytes) -> None:
        config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False)
        config.load()
        config.ssl = _tls(key, chain)
        self._server = uvicorn.Server(config)

    def run(self, listener: socket.socket) -> None:
        asyncio.run(self._server.serve(sockets=[listener]))

    def wait(self) -> None:
        pause = threading.Event()
        while not self._server.started:
            pause.wait(0.01)

    def stop(self) -> None:
        self._server.should_exit = True


def _tls(key: bytes, chain: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        both = Path(folder) / "both.pem"
        both.touch(0o600)
        both.write_bytes(key + chain)
        context.load_cert_chain(both)
    return context


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def _write_ready(path: Path, ready: dict[str, Any]) -> None:
    waiting = path.with_suffix(".new")
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(ready, out, indent=2)
    waiting.replace(path)


def _until(stopping: threading.Event, parent: int) -> None:
    while not stopping.wait(_POLL_SECONDS):
        if parent and not _alive(parent):
            return


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return True
    return stat.read_text().rsplit(")", 1)[-1].split()[0] != "Z"


if __name__ == "__main__":
    main()
