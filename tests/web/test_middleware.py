from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from web.app_parts import middleware
from web.middleware import LoopbackOnly
from web.peers import is_loopback, is_loopback_host


async def _page(request):
    return PlainTextResponse("in")


async def _socket(socket):
    await socket.accept()
    await socket.send_text("in")
    await socket.close()


def _client(peer):
    routes = [
        Route("/", _page),
        Route("/healthz", _page),
        WebSocketRoute("/_stcore/stream", _socket),
    ]
    app = Starlette(routes=routes, middleware=middleware(None))
    return TestClient(app, client=(peer, 5000), base_url="http://localhost:8501")


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, 200),
        ("127.0.0.1", {"host": "[::1]:8501"}, 200),
        ("::ffff:10.0.0.7", {}, 403),
        ("10.0.0.7", {}, 403),
        ("testclient", {}, 403),
        ("127.0.0.1", {"host": "evil.example"}, 403),
        ("127.0.0.1", {"host": "localhost.evil.example"}, 403),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 403),
        ("127.0.0.1", {"x-forwarded-proto": "https"}, 403),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, 403),
        ("127.0.0.1", {"via": "1.1 proxy"}, 403),
        ("127.0.0.1", {"x-real-ip": "127.0.0.1"}, 403),
    ],
)
def test_a_demo_lets_in_only_who_sits_at_the_machine(peer, headers, status):
    assert _client(peer).get("/", headers=headers).status_code == status


def test_health_is_open_to_a_supervisor_elsewhere():
    assert _client("10.0.0.7").get("/healthz").status_code == 200


def test_a_websocket_from_elsewhere_is_closed_with_the_policy_code():
    client = _client("10.0.0.7")
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/_stcore/stream"):
        pass
    assert closed.value.code == 1008


def test_a_websocket_from_this_machine_is_let_in():
    here = {"host": "localhost:8501"}
    with _client("127.0.0.1").websocket_connect("/_stcore/stream", headers=here) as socket:
        assert socket.receive_text() == "in"


def test_every_answer_tells_the_browser_to_be_strict():
    headers = _client("127.0.0.1").get("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_a_policy_a_route_set_itself_is_kept():
    async def own(request):
        return PlainTextResponse("x", headers={"Content-Security-Policy": "default-src 'none'"})

    app = Starlette(routes=[Route("/", own)], middleware=middleware(None))
    here = TestClient(app, client=("127.0.0.1", 5000), base_url="http://localhost")
    assert here.get("/").headers["content-security-policy"] == "default-src 'none'"


def test_a_refusal_carries_the_strict_headers_too():
    refused = _client("10.0.0.7").get("/")
    assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["", "not an address", "127.0.0.1.evil.example", "0.0.0.0"])
def test_what_is_no_loopback_address_is_not_taken_for_one(host):
    assert not is_loopback(host)


def test_a_host_without_a_name_is_refused():
    assert not is_loopback_host("")
    assert not is_loopback_host(":8501")


def test_the_gate_lets_the_lifespan_through():
    seen = []

    @asynccontextmanager
    async def lifespan(app):
        seen.append("up")
        yield
        seen.append("down")

    with TestClient(Starlette(lifespan=lifespan, middleware=middleware(None))):
        assert seen == ["up"]
    assert seen == ["up", "down"]
    assert Middleware(LoopbackOnly).cls is LoopbackOnly
