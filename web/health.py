"""What a supervisor asks: is this process well, and how old is each client's last tick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from engine.commands.house import House
from engine.model.errors import Fault
from web.control import Handler

DOWN = 503


def health_routes(handlers: Mapping[str, Handler], house: Callable[[], House]) -> list[Route]:
    """``/healthz`` (JSON; 503 when store or scheduler is down) and ``/metrics`` (text)."""

    async def healthz(_request: Request) -> JSONResponse:
        state = await anyio.to_thread.run_sync(_state, handlers, house)
        return JSONResponse(state, status_code=200 if state["ok"] else DOWN)

    async def metrics(_request: Request) -> PlainTextResponse:
        state = await anyio.to_thread.run_sync(_state, handlers, house)
        return PlainTextResponse(exposition(state), media_type="text/plain; version=0.0.4")

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


def exposition(state: Mapping[str, Any]) -> str:
    """The health answer as Prometheus text (format 0.0.4)."""
    lines = ["# TYPE cc_up gauge", f"cc_up {int(state['ok'])}"]
    lines += [
        f'cc_part_up{{part="{part}"}} {int(bool(state[part]))}'
        for part in ("store", "scheduler", "sandbox")
        if state.get(part) is not None
    ]
    for client, seconds in sorted(state["tick_age_seconds"].items()):
        if seconds is not None:
            lines.append(f'cc_last_tick_age_seconds{{client="{_escaped(client)}"}} {seconds:.0f}')
    return "\n".join(lines) + "\n"


def _state(handlers: Mapping[str, Handler], house: Callable[[], House]) -> dict[str, Any]:
    """The ``health`` command's answer; a store that cannot be read is an answer too."""
    try:
        return handlers["health"](house(), {})
    except Fault as fault:
        return {**_DEAD, "problem": str(fault)}
    except Exception as error:  # noqa: BLE001  whatever broke, the supervisor needs its 503
        return {**_DEAD, "problem": f"The store cannot be read ({type(error).__name__})."}


_DEAD: dict[str, Any] = {
    "ok": False,
    "store": False,
    "scheduler": False,
    "sandbox": None,
    "tick_age_seconds": {},
}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
