"""Ways in: choosing a demo person, and links in messages that lead straight to a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from engine.commands.house import House
from engine.commands.people import demo_people
from engine.reporting.seal import COOKIE, seal, secret_beside
from web.middleware import local

ESCALATION = re.compile(r"[EP]-[A-Za-z0-9-]{1,40}")


def door_routes(house: Callable[[], House]) -> list[Route]:
    """``/demo/enter/{person}``, ``/demo/leave`` and ``/go/{escalation_id}``."""

    async def enter(request: Request) -> Response:
        if not local(request.scope):
            return PlainTextResponse("Demo people exist on this machine only.", status_code=403)
        person = request.path_params["person"]
        cookie = await anyio.to_thread.run_sync(_sealed, house, person)
        if cookie is None:
            return PlainTextResponse("There is no such demo person.", status_code=404)
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(COOKIE, cookie, httponly=True, samesite="lax", path="/")
        return answer

    async def leave(_request: Request) -> Response:
        answer = RedirectResponse("/", status_code=303)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return answer

    async def go(request: Request) -> Response:
        wanted = request.path_params["escalation_id"]
        if not ESCALATION.fullmatch(wanted):
            return PlainTextResponse("This is not the name of an escalation.", status_code=404)
        return RedirectResponse(f"/inbox?e={wanted}", status_code=303)

    return [
        Route("/demo/enter/{person}", enter),
        Route("/demo/leave", leave),
        Route("/go/{escalation_id}", go),
    ]


def _sealed(house: Callable[[], House], person: str) -> str | None:
    """The cookie's value; None for a real store (it has no demo people) and for an unknown name."""
    store = house().store
    if store.path is None or person not in {each.person for each in demo_people(store)}:
        return None
    return seal(person, secret_beside(Path(store.path)))
