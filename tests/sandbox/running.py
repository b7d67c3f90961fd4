"""Start and stop a sandbox process for tests; nothing here imports grpc or google."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

ROOT = Path(__file__).resolve().parents[2]


class Control:
    """The control API as a client; raises `httpx2.HTTPStatusError` on a refusal."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.http = httpx2.Client(
            base_url=ready["https"],
            headers={"Authorization": f"Bearer {ready['control_token']}"},
            verify=ssl.create_default_context(cafile=ready["ca"]),
            timeout=120,
            trust_env=False,
        )

    def post(self, path: str, body: Any) -> Any:
        return self._read(self.http.post(f"/control/{path}", json=body))

    def get(self, path: str, **params: str) -> Any:
        return self._read(self.http.get(f"/control/{path}", params=params))

    def open(self, now: str, seed: int = 1) -> None:
        self.post("now", {"now": now, "seed": seed})

    def add_account(self, spec: dict[str, Any]) -> None:
        self.post("accounts", spec)

    def advance(self, *, hours: float | None = None, to: str | None = None) -> str:
        return self.post("advance", {"hours": hours} if to is None else {"to": to})["now"]

    def now(self) -> str:
        return self.get("now")["now"]

    def billed(self, customer_id: str, first: str = "", last: str = "") -> list[dict[str, Any]]:
        return self.get("billed", customer_id=customer_id, first=first, last=last)["rows"]

    def writes(self, customer_id: str) -> list[dict[str, Any]]:
        return self.get("writes", customer_id=customer_id)["writes"]

    def truth(self, customer_id: str) -> list[dict[str, Any]]:
        return self.get("truth", customer_id=customer_id)["rows"]

    def fault(self, call: str, kind: str, **more: Any) -> None:
        self.post("faults", {"faults": [{"call": call, "kind": kind, **more}]})

    def clear_faults(self) -> None:
        self._read(self.http.delete("/control/faults"))

    def outside_edit(self, **edit: Any) -> None:
        self.post("outside-edit", edit)

    def review(self, **review: Any) -> None:
        self.post("review", review)

    def shock(self, **shock: Any) -> None:
        self.post("shock", shock)

    def _read(self, response: httpx2.Response) -> Any:
        if response.status_code >= 400:
            raise RuntimeError(f"{response.status_code}: {response.text}")
        return response.json()


@dataclass
class Running:
    """A sandbox process: its ready file, a control client, and two ways to end it."""

    ready: dict[str, Any]
    control: Control
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Ask it to end (SIGTERM) and wait."""
        self.control.http.close()
        self.process.terminate()
        self.process.wait(20)

    def kill(self) -> None:
        """End it as a crash would (SIGKILL) and wait."""
        self.control.http.close()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


def start_sandbox(
    state_dir: Path,
    ca_dir: Path,
    *,
    https_port: int = 0,
    grpc_port: int = 0,
    parent_pid: int | None = None,
    wait_seconds: float = 60,
) -> Running:
    """Start `python -m sandbox` and wait until it listens."""
    ready_path = state_dir / "ready.json"
    ready_path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "sandbox", "--state", str(state_dir), "--ca", str(ca_dir)]
    command += ["--https-port", str(https_port), "--grpc-port", str(grpc_port)]
    command += ["--parent-pid", str(parent_pid or os.getpid())]
    process = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + wait_seconds
    while not ready_path.exists():
        if process.poll() is not None:
            raise RuntimeError(f"The sandbox ended with code {process.returncode}.")
        if time.monotonic() > deadline:
            process.kill()
            raise RuntimeError(f"The sandbox was not ready after {wait_seconds} seconds.")
        time.sleep(0.02)
    ready = json.loads(ready_path.read_text())
    return Running(ready, Control(ready), process)


def google_client(ready: dict[str, Any], *, use_proto_plus: bool = False) -> Any:
    """A real google-ads client that speaks to this sandbox (imports the SDK)."""
    from google.ads.googleads.client import GoogleAdsClient
    from google.oauth2.credentials import Credentials

    known = ready["google"]
    credentials = Credentials(
        None,
        refresh_token=known["refresh_token"],
        token_uri=ready["token_uri"],
        client_id=known["client_id"],
        client_secret=known["client_secret"],
    )
    return GoogleAdsClient(
        credentials,
        developer_token=known["developer_token"],
        login_customer_id=known["login_customer_id"],
        endpoint=ready["grpc"],
        version="v26",
        use_proto_plus=use_proto_plus,
    )
