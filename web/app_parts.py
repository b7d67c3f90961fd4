"""What ``app.py`` puts beside the screens: routes and middleware, in the order they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from engine.commands.house import House
from engine.model.open_id import OpenId
from web.carry_on import CarryOn
from web.control import Handler, control_route
from web.door import demo_routes, go_route
from web.health import health_routes
from web.middleware import POLICY, LoopbackOnly, SecurityHeaders
from web.public import PublicOrigin


def routes(
    handlers: Mapping[str, Handler], house: Callable[[], House], door: OpenId | None
) -> list[BaseRoute]:
    """Every route outside the screens; ``handlers`` is the table of commands the owner answers.

    With sign-in set up (``door``) the door of the demo does not exist.
    """
    demo = [] if door else demo_routes(house)
    own = [*health_routes(handlers, house), control_route(handlers, house)]
    return [*own, *demo, go_route()]


def middleware(door: OpenId | None, policy: str = POLICY) -> list[Middleware]:
    """Strict headers always; then only this machine, or with sign-in the public address alone."""
    strict = Middleware(SecurityHeaders, policy, secure=door is not None and door.secure)
    gate = Middleware(PublicOrigin, door) if door else Middleware(LoopbackOnly)
    return [strict, gate, Middleware(CarryOn)]
