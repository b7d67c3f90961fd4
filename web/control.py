"""The owner's door: commands of this machine's user, run where the store is open.

The caller must be on this machine and know the token in ``<store>.owner.json``, which only the
store's owner may read. What can be run is the table handed in; nothing here knows what the commands
do.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from engine.commands.house import House
from engine.model.errors import Fault
from web.peers import is_loopback

Handler = Callable[[House, Mapping[str, Any]], dict[str, Any]]

MAX_BODY = 64 * 1024
"""Bytes; arguments are names and paths, never file contents."""


def control_route(handlers: Mapping[str, Handler], house: Callable[[], House]) -> Route:
    """``POST /_control/{command}`` with a JSON object of arguments; the answer is the handler's."""

    async def control(request: Request) -> JSONResponse:
        if not (request.client and is_loopback(request.client.host)):
            return _refused(403, "Commands are taken from this machine only.")
        home = house()
        if not _knows_token(request, Path(str(home.store.path))):
            return _refused(403, "The token of this store's owner is missing or wrong.")
        handler = handlers.get(request.path_params["command"])
        if handler is None:
            return _refused(404, f"There is no command {request.path_params['command']!r}.")
        try:
            arguments = await _arguments(request)
        except ValueError as error:
            return _refused(413 if "large" in str(error) else 400, str(error))
        try:
            answer = await anyio.to_thread.run_sync(handler, home, arguments)
        except Fault as fault:
            return _refused(409, str(fault), kind=type(fault).__name__)
        return JSONResponse(answer)

    return Route("/_control/{command}", control, methods=["POST"])


async def _arguments(request: Request) -> dict[str, Any]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise ValueError(f"The arguments are too large; {MAX_BODY} bytes are taken.")
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise ValueError("The arguments are not JSON.") from None
    if not isinstance(value, dict):
        raise ValueError("The arguments must be one JSON object.")  # noqa: TRY004  a refusal, not a bug
    return value


def _knows_token(request: Request, store: Path) -> bool:
    try:
        owner = json.loads(store.with_name(f"{store.name}.owner.json").read_text())
        token = str(owner["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _refused(status: int, sentence: str, kind: str = "") -> JSONResponse:
    return JSONResponse({"error": sentence, "kind": kind}, status_code=status)
