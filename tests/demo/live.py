"""The demo as a person runs it: served in a process of its own, on a free port, with the loop going on."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.demo.built import PROJECT, Built

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Live:
    """A running demo."""

    address: str
    built: Built
    process: subprocess.Popen[bytes]
    seconds_to_health: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copied(demo: Built, folder: Path) -> Built:
    """The same lived-in house in another folder, so that a test may live on in it."""
    shutil.copytree(demo.folder, folder, dirs_exist_ok=True)
    (folder / "sandbox" / "ready.json").unlink(missing_ok=True)
    environment = {**demo.environment, "CC_STORE": str(folder / "store.duckdb")}
    return Built(folder, environment, demo.answer)


@contextlib.contextmanager
def served(built: Built, seconds: float = 60) -> Iterator[Live]:
    """``python -m jobs demo`` on a built store until the block ends; it must be healthy in ``seconds``."""
    port = free_port()
    log = (built.folder / "server.log").open("wb")
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs", "demo", "--port", str(port)],
        cwd=PROJECT,
        env={**os.environ, **built.environment},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            if process.poll() is not None or time.monotonic() - began > seconds:
                raise AssertionError(
                    (built.folder / "server.log").read_text(errors="replace")[-3000:]
                )
            with contextlib.suppress(httpx2.HTTPError):
                if httpx2.get(f"{address}/healthz", timeout=2, trust_env=False).status_code == 200:
                    break
            time.sleep(0.1)
        yield Live(address, built, process, time.monotonic() - began)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def health(live: Live) -> dict[str, object]:
    return dict(json.loads(httpx2.get(f"{live.address}/healthz", timeout=5, trust_env=False).text))


def calm(page) -> None:
    """Until the run is over: while one goes on, cards of the run before still stand beside the new ones."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
