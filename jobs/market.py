"""The simulated market of a demo store: a process of its own, watched and brought back."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from engine.commands import demo
from engine.commands.house import House
from engine.model.errors import GiveUp, TryLater
from engine.wiring import Settings
from jobs.certificates import bundle_made
from jobs.processes import started

START_SECONDS = 60.0
CALL_SECONDS = 120.0
PROJECT = Path(__file__).resolve().parent.parent


class Market:
    """One market in one folder, whose ``ready.json`` says where it answers."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self._child: subprocess.Popen[bytes] | None = None
        self._last: dict[str, Any] = {}
        self._line: httpx2.Client | None = None
        self.restarts = 0

    def facts(self) -> dict[str, Any] | None:
        """What the running market says of itself, None when none runs."""
        try:
            found: dict[str, Any] = json.loads((self.state / "ready.json").read_text())
            return found if started(int(found["pid"])) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def ensure(self) -> dict[str, Any]:
        """The facts of a market that runs; one that does not is started on its old world.

        Raises:
            TryLater: it did not come up in a minute; its own words are in ``sandbox.log`` beside
                it.
        """
        found = self.facts() or self._coming()
        if found is None:
            self.stop()
            ports = self._ports()
            found = self._start(ports) or self._start(())
            self.restarts += bool(self._last)
        if found is None:
            raise TryLater(f"The simulated market did not start; see {self._log}. {self._tail()}")
        self._last = found
        return found

    def call(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Ask the market's control door: a POST of ``body``, a GET without one.

        Raises:
            TryLater: it does not answer.
            GiveUp: it refused, in its own words.
        """
        facts = self.ensure()
        try:
            answer = self._opened(facts).request(
                "GET" if body is None else "POST",
                f"{facts['https']}/control{path}",
                json=body,
                headers={"Authorization": f"Bearer {facts['control_token']}"},
            )
        except httpx2.HTTPError as error:
            name = type(error).__name__
            said = f"The simulated market does not answer ({name}); try again."
            raise TryLater(said) from None
        if answer.status_code >= httpx2.codes.BAD_REQUEST:
            raise GiveUp(f"The simulated market refused {path}: {answer.text[:500]}")
        return dict(answer.json())

    def advance(self, to: datetime) -> None:
        """Move the market's time to an instant (aware); one that has passed changes nothing."""
        self.call("/advance", {"to": to.isoformat()})

    def stop(self) -> None:
        """End the market if this process started it; its world stays on disk."""
        if self._line is not None:
            self._line.close()
            self._line = None
        child, self._child = self._child, None
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _opened(self, facts: Mapping[str, Any]) -> httpx2.Client:
        """One line for all calls: making the trust anew for each costs more than the call."""
        if self._line is None:
            trusting = ssl.create_default_context(cafile=str(facts["ca"]))
            self._line = httpx2.Client(verify=trusting, timeout=CALL_SECONDS, trust_env=False)
        return self._line

    @property
    def _log(self) -> Path:
        return self.state / "sandbox.log"

    def _tail(self) -> str:
        return "".join(self._log.read_text(errors="replace").strip().splitlines()[-1:])

    def _ports(self) -> tuple[str, ...]:
        """The ports it had, so that whoever talked to it before its fall can go on talking."""
        if not self._last:
            return ()
        grpc = str(self._last["grpc"]).rpartition(":")[2]
        return ("--grpc-port", grpc, "--https-port", str(self._last["https"]).rpartition(":")[2])

    def begin(self) -> None:
        """Start it without waiting, unless it runs: ``ensure`` of this process then waits for this one.

        It holds through an exec, which keeps the process's number.
        """
        if self.facts() is None:
            self._spawn(())
            assert self._child is not None
            told = {"pid": self._child.pid, "parent": os.getpid()}
            (self.state / "starting.json").write_text(json.dumps(told))

    def _coming(self) -> dict[str, Any] | None:
        """The facts of a market this process began earlier, once it is ready; None when there is none."""
        try:
            told = json.loads((self.state / "starting.json").read_text())
        except (OSError, ValueError):
            return None
        if told.get("parent") != os.getpid():
            return None
        (self.state / "starting.json").unlink(missing_ok=True)
        return self._ready(lambda: started(int(told["pid"])) is not None)

    def _ready(self, alive: Callable[[], bool]) -> dict[str, Any] | None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and alive():
            found = self.facts()
            if found is not None:
                return found
            time.sleep(0.05)
        return None

    def _start(self, ports: tuple[str, ...]) -> dict[str, Any] | None:
        """Start it; None when it ended by itself or was not ready in time."""
        self._spawn(ports)
        child = self._child
        found = self._ready(lambda: child is not None and child.poll() is None)
        if found is None:
            self.stop()
        return found

    def _spawn(self, ports: tuple[str, ...]) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        (self.state / "ready.json").unlink(missing_ok=True)
        bundle = bundle_made()
        command = [sys.executable, "-m", "sandbox", "--state", str(self.state.absolute())]
        command += ["--ca", str(bundle.parent), "--parent-pid", str(os.getpid()), *ports]
        with self._log.open("ab") as out:
            self._child = subprocess.Popen(  # noqa: S603  our own interpreter and module
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=PROJECT
            )


@contextmanager
def standing(settings: Settings) -> Iterator[Market]:
    """The market of a demo store, ended with this block if it was started in it."""
    market = Market(settings.sandbox)
    try:
        yield market
    finally:
        market.stop()


def market_for(house: House, market: Market) -> Market | None:
    """``market`` for a demo store; None for a real one, which must never meet it."""
    return market if demo.is_demo(house) else None
