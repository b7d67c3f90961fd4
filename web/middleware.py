"""What stands before every route and page: a demo's gate, and headers for browsers."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.peers import is_loopback, is_loopback_host

FORWARDED = (
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
    "via",
    "x-real-ip",
)
OPEN_PATHS = frozenset({"/healthz"})
POLICY_VIOLATION = 1008  # RFC 6455 7.4.1

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
POLICY = "frame-ancestors 'self'; base-uri 'self'; object-src 'none'"
"""For answers of which nothing more is known; pages have ``web.csp``."""


class LoopbackOnly:
    """Refuses whoever is not sitting at this machine: 403, or close code 1008 on a websocket.

    Demo people need no password, so three things must hold: the peer is loopback, the ``Host`` is
    loopback (no DNS rebinding), and no proxy passed the request on. ``/healthz`` stays open.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or scope.get("path") in OPEN_PATHS or local(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()  # the server takes a close only after it announced the connection
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            text = "This demo has no sign-in and answers only on the machine it runs on."
            await PlainTextResponse(text, status_code=403)(scope, receive, send)


def local(scope: Scope) -> bool:
    """True when peer and host are loopback and nothing says that a proxy passed it on."""
    headers = Headers(scope=scope)
    peer = scope.get("client")
    return (
        peer is not None
        and is_loopback(peer[0])
        and is_loopback_host(headers.get("host", ""))
        and not any(name in headers for name in FORWARDED)
    )


class SecurityHeaders:
    """Adds what browsers need to be strict; what a route set itself is left as it is.

    ``policy`` is the Content-Security-Policy of pages. ``secure``: the screens are reached by https alone, so
    cookies say so too (Streamlit's never do) and the browser is told to come by https for a year.
    """

    def __init__(self, app: ASGIApp, policy: str = POLICY, *, secure: bool = False) -> None:
        self.app = app
        self.headers = {**HEADERS, "Content-Security-Policy": policy, **(HSTS if secure else {})}
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if self.secure:
                    message["headers"] = [_only_https(*one) for one in message["headers"]]
            await send(message)

        await self.app(scope, receive, completed if scope["type"] == "http" else send)


def _only_https(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    flags = {part.strip().lower() for part in value.split(b";")[1:]}
    if name.lower() != b"set-cookie" or b"secure" in flags:
        return name, value
    return name, value + b"; Secure"
