"""What ``app.py`` puts beside the screens: routes and middleware, in the order they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from engine.commands.house import House
from web.control import Handler, control_route
from web.door import door_routes
from web.health import health_routes
from web.middleware import LoopbackOnly, SecurityHeaders


def routes(handlers: Mapping[str, Handler], house: Callable[[], House]) -> list[BaseRoute]:
    """Every route outside the screens; ``handlers`` is the table of commands the owner answers."""
    return [*health_routes(handlers, house), *door_routes(house), control_route(handlers, house)]


def middleware(*, demo: bool) -> list[Middleware]:
    """Strict headers always; with no sign-in (``demo``) only this machine is let in."""
    gate = [Middleware(LoopbackOnly)] if demo else []
    return [Middleware(SecurityHeaders), *gate]
