"""After signing in: on to where a link wanted to go."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.reporting import link
from engine.reporting.seal import COOKIE as DEMO_COOKIE

CALLBACK, DEMO = "/oauth2callback", "/demo/enter/"
SIGNED_IN = ("_streamlit_user", DEMO_COOKIE)
"""The cookies that say who somebody is, by sign-in and in a demo."""


class CarryOn:
    """Turns the answer that signs somebody in towards the link they came by, and forgets the link.

    Streamlit leads everybody who signed in to the first page; the id kept in a cookie of ours says more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and see to the answer's address."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == CALLBACK or path.startswith(DEMO)):
            await self.app(scope, receive, send)
            return
        kept = cookie_parser(Headers(scope=scope).get("cookie", "")).get(link.COOKIE, "")

        async def turned(message: Message) -> None:
            if message["type"] == "http.response.start" and link.ID.fullmatch(kept):
                headers = MutableHeaders(scope=message)
                if headers.get("location") == "/" and _signs_in(headers.getlist("set-cookie")):
                    headers["location"] = link.front(kept)
                    gone = f"{link.COOKIE}=; HttpOnly; Max-Age=0; Path=/; SameSite=lax"
                    headers.append("set-cookie", gone)
            await send(message)

        await self.app(scope, receive, turned)


def _signs_in(cookies: Iterable[str]) -> bool:
    found = [SimpleCookie(one) for one in cookies]
    return any(name in one and one[name].value for one in found for name in SIGNED_IN)
