"""Ways in: choosing a demo person, and links in messages that lead straight to a decision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from engine.commands.house import House
from engine.commands.people import demo_people
from engine.reporting import link
from engine.reporting.seal import COOKIE, seal, secret_beside
from web.middleware import local


def demo_routes(house: Callable[[], House]) -> list[Route]:
    """``/demo/enter/{person}`` and ``/demo/leave``; not there where sign-in is set up."""

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

    return [Route("/demo/enter/{person}", enter), Route("/demo/leave", leave)]


def go_route() -> Route:
    """``/go/{id}``: the first page, which leads on; who must sign in first is led on afterwards.

    What is kept meanwhile is an id, for ten minutes, out of reach of scripts.
    """

    async def go(request: Request) -> Response:
        wanted = request.path_params["wanted"]
        if not link.ID.fullmatch(wanted):
            return PlainTextResponse("This is not the name of an escalation.", status_code=404)
        answer = RedirectResponse(link.front(wanted), status_code=303)
        age = link.MINUTES * 60
        answer.set_cookie(link.COOKIE, wanted, max_age=age, httponly=True, samesite="lax", path="/")
        return answer

    return Route("/go/{wanted}", go)


def _sealed(house: Callable[[], House], person: str) -> str | None:
    """The cookie's value; None for a real store (it has no demo people) and for an unknown name."""
    store = house().store
    if store.path is None or person not in {each.person for each in demo_people(store)}:
        return None
    return seal(person, secret_beside(Path(store.path)))
