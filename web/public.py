"""The one address the screens have on the net: who asks for another, or speaks for a proxy that is none, is refused."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.model.open_id import OpenId
from web.middleware import FORWARDED, OPEN_PATHS, POLICY_VIOLATION, local

OWN_PATHS = ("/_control/", "/metrics")
"""For this machine alone, by its own name: they never come through the proxy."""

MISDIRECTED = 421  # RFC 9110 15.5.20


class PublicOrigin:
    """Lets in what was asked of the public address, straight or through a proxy we know.

    Sign-in depends on it: Streamlit takes a sign-in only on exactly the origin of its redirect address. Forwarded
    headers are believed from ``CC_PROXY`` alone; anybody else who sends them is refused.
    """

    def __init__(self, app: ASGIApp, door: OpenId) -> None:
        self.app = app
        self.url = door.public_url
        self.scheme, self.host = urlsplit(door.public_url)[:2]
        self.proxies = [ipaddress.ip_network(name) for name in door.proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the scheme its reader used, or refuse it."""
        if scope["type"] == "lifespan" or scope.get("path") in OPEN_PATHS:
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(OWN_PATHS):
            refused = None if local(scope) else (404, "There is nothing here.")
        else:
            refused = self._refused(scope)
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()  # the server takes a close only after it announced the connection
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif refused[0] == 308:
            await RedirectResponse(self.url + refused[1], status_code=308)(scope, receive, send)
        else:
            await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and sentence (for 308: path and query); None for who may come in, whose scheme is then set."""
        headers = Headers(scope=scope)
        by_proxy = self._known(scope.get("client"))
        told = [name for name in FORWARDED if name in headers]
        if told and not by_proxy:
            return 403, "Forwarded requests are taken from the configured proxy only."
        if [name.lower() for name in headers.getlist("host")] != [self.host]:
            return MISDIRECTED, f"This address is not served here; open {self.url}."
        scheme = headers.get("x-forwarded-proto", "") if by_proxy and told else scope["scheme"]
        if scheme.replace("ws", "http") != self.scheme:
            if scheme == "http" and by_proxy and told and scope["path"].startswith("/"):
                return 308, _asked(scope)
            return 403, (
                f"This is reached by {self.scheme} only; open {self.url}. "
                "A proxy in front must send X-Forwarded-Proto."
            )
        socket = scope["type"] == "websocket"
        scope["scheme"] = self.scheme.replace("http", "ws") if socket else self.scheme
        return None

    def _known(self, peer: tuple[str, int] | None) -> bool:
        try:
            address = ipaddress.ip_address(peer[0] if peer else "")
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.proxies)


def _asked(scope: Scope) -> str:
    """Path and query as they were asked for: a link in a mail opens the thing it names, not just its page."""
    query = scope["query_string"].decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")
