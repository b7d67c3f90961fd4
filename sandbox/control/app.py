"""The control API over HTTPS, and Google's token endpoint beside it."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import FaultBox
from sandbox.google.auth import Credentials, token_answer
from sandbox.google.failures import Refused
from sandbox.rules import RULES
from sandbox.spec import AccountSpec, Advance, Faults, Opening, OutsideEdit, Review, Shock
from sandbox.world import World, WorldError

Answer = Callable[[Request], Awaitable[Response]]
Checked = TypeVar("Checked", bound=BaseModel)


def build(world: World, faults: FaultBox, known: Credentials) -> Starlette:
    """The application."""
    api = _Control(world, faults)
    routes = [
        Route("/token", _token(world, faults, known), methods=["POST"]),
        Route("/control/accounts", _guard(world, api.add_account), methods=["POST"]),
        Route("/control/advance", _guard(world, api.advance), methods=["POST"]),
        Route("/control/now", _guard(world, api.now), methods=["GET", "POST"]),
        Route("/control/billed", _guard(world, api.billed)),
        Route("/control/writes", _guard(world, api.writes)),
        Route("/control/truth", _guard(world, api.truth)),
        Route("/control/rules", _guard(world, api.rules)),
        Route("/control/faults", _guard(world, api.faults), methods=["GET", "POST", "DELETE"]),
        Route("/control/outside-edit", _guard(world, api.outside_edit), methods=["POST"]),
        Route("/control/review", _guard(world, api.review), methods=["POST"]),
        Route("/control/shock", _guard(world, api.shock), methods=["POST"]),
    ]
    return Starlette(routes=routes)


class _Control:
    def __init__(self, world: World, faults: FaultBox) -> None:
        self._world, self._faults = world, faults

    async def add_account(self, request: Request) -> Response:
        spec = await _body(request, AccountSpec)
        await run_in_threadpool(self._world.add_account, spec)
        return JSONResponse({"customer_id": spec.customer_id}, status_code=201)

    async def advance(self, request: Request) -> Response:
        asked = await _body(request, Advance)
        to = asked.to or self._world.now + timedelta(hours=asked.hours or 0)
        now = await run_in_threadpool(self._world.advance, to)
        return JSONResponse({"now": now.isoformat()})

    async def now(self, request: Request) -> Response:
        if request.method == "POST":
            opening = await _body(request, Opening)
            self._world.open(opening.now, opening.seed)
        return JSONResponse({"now": self._world.now.isoformat(), "seed": self._world.seed})

    async def billed(self, request: Request) -> Response:
        first, last = (_day(request, name) for name in ("first", "last"))
        rows = self._world.billed(_customer(request), first or date.min, last or date.max)
        return JSONResponse({"rows": rows})

    async def writes(self, request: Request) -> Response:
        return JSONResponse({"writes": self._world.writes(_customer(request))})

    async def truth(self, request: Request) -> Response:
        return JSONResponse({"rows": self._world.truth(_customer(request))})

    async def rules(self, _request: Request) -> Response:
        return JSONResponse({"rules": [rule.model_dump() for rule in RULES]})

    async def faults(self, request: Request) -> Response:
        if request.method == "POST":
            self._faults.add((await _body(request, Faults)).faults)
        if request.method == "DELETE":
            self._faults.clear()
        return JSONResponse({"faults": [each.model_dump() for each in self._faults.waiting()]})

    async def outside_edit(self, request: Request) -> Response:
        edit = await _body(request, OutsideEdit)
        await run_in_threadpool(self._world.outside_edit, edit)
        return JSONResponse({"done": True})

    async def review(self, request: Request) -> Response:
        review = await _body(request, Review)
        await run_in_threadpool(self._world.review, review)
        return JSONResponse({"done": True})

    async def shock(self, request: Request) -> Response:
        self._world.shock(await _body(request, Shock))
        return JSONResponse({"done": True})


def _guard(world: World, answer: Answer) -> Answer:
    async def handle(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given, f"Bearer {world.control_token}"):
            return JSONResponse({"error": "The control token is missing or wrong."}, 401)
        try:
            return await answer(request)
        except ValidationError as wrong:
            details = json.loads(wrong.json(include_url=False, include_context=False))
            return JSONResponse({"error": "The request is wrong.", "details": details}, 422)
        except (WorldError, Refused, ValueError) as wrong:
            return JSONResponse({"error": str(wrong)}, 409)

    return handle


def _token(world: World, faults: FaultBox, known: Credentials) -> Answer:
    async def handle(request: Request) -> Response:
        fault = faults.draw("token")
        if fault is not None and fault.kind == "slow":
            await run_in_threadpool(time.sleep, fault.seconds)
        elif fault is not None:
            status = 429 if fault.kind == "quota" else 503
            return JSONResponse({"error": "temporarily_unavailable"}, status)
        form = dict(parse_qsl((await request.body()).decode()))
        status, body = token_answer(world.secret, known, form, time.time())
        return JSONResponse(body, status)

    return handle


async def _body(request: Request, kind: type[Checked]) -> Checked:
    return kind.model_validate_json(await request.body() or b"{}")


def _customer(request: Request) -> str:
    return request.query_params.get("customer_id", "")


def _day(request: Request, name: str) -> date | None:
    text: Any = request.query_params.get(name)
    return date.fromisoformat(text) if text else None
