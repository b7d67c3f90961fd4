"""With sign-in set up: one public address, one proxy, and nothing of the demo."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from engine.model.open_id import OpenId
from web.app_parts import middleware, routes
from web.csp import policy

PROXY = "10.0.0.2"
BY_PROXY = {
    "host": "cc.example.com",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "203.0.113.9",
}


def door(url="https://cc.example.com", proxies=("10.0.0.0/30",)):
    return OpenId(
        metadata_url="https://id.example.com/.well-known/openid-configuration",
        client_id="cc",
        client_secret="s",
        cookie_secret="x" * 32,
        public_url=url,
        proxies=proxies,
        roles_claim="",
        longest=timedelta(hours=12),
    )


async def _page(request):
    answer = PlainTextResponse(request.url.scheme)
    answer.set_cookie("_streamlit_user", "x", httponly=True)
    return answer


async def _socket(socket):
    await socket.accept()
    await socket.send_text(socket.url.scheme)
    await socket.close()


def client(peer=PROXY, given=None):
    given = given or door()
    mine = [
        Route("/", _page),
        Route("/deep", _page),
        Route("/healthz", _page),
        Route("/metrics", _page),
        Route("/_control/pause", _page, methods=["GET", "POST"]),
        WebSocketRoute("/_stcore/stream", _socket),
    ]
    app = Starlette(routes=mine, middleware=middleware(given))
    return TestClient(app, client=(peer, 5000), follow_redirects=False)


def test_through_the_proxy_the_reader_is_on_https_and_cookies_are_secure():
    answer = client().get("/", headers=BY_PROXY)
    assert (answer.status_code, answer.text) == (200, "https")
    assert answer.headers["set-cookie"].endswith("; Secure")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_plain_local_address_sets_neither():
    here = client("127.0.0.1", door("http://localhost:8501", ()))
    answer = here.get("/", headers={"host": "localhost:8501"})
    assert answer.status_code == 200
    assert "Secure" not in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "cc.example.com.evil.example", "", "cc.example.com:444"]
)
def test_a_foreign_host_is_refused(host):
    assert client().get("/", headers={**BY_PROXY, "host": host}).status_code == 421


@pytest.mark.parametrize(
    "header",
    ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "via", "x-real-ip"],
)
@pytest.mark.parametrize("peer", ["203.0.113.9", "127.0.0.1", "10.0.0.4"])
def test_forwarded_headers_from_a_stranger_are_refused(header, peer):
    told = {"host": "cc.example.com", header: "https"}
    assert client(peer).get("/", headers=told).status_code == 403


def test_the_public_address_past_the_proxy_is_refused():
    assert client("203.0.113.9").get("/", headers={"host": "cc.example.com"}).status_code == 403


def test_a_proxy_that_does_not_say_how_it_was_reached_is_refused():
    told = {"host": "cc.example.com", "x-forwarded-for": "203.0.113.9"}
    assert "X-Forwarded-Proto" in client().get("/", headers=told).text


def test_plain_http_at_the_proxy_is_led_to_https_and_nowhere_else():
    answer = client().get("/deep", headers={**BY_PROXY, "x-forwarded-proto": "http"})
    assert (answer.status_code, answer.headers["location"]) == (308, "https://cc.example.com/deep")


@pytest.mark.parametrize(
    "asked", ["/deep?question=q-7&from=%2Fteam%3Fa%3D1", "/deep?", "/a%20b%3Fc?d=e"]
)
def test_the_way_to_https_keeps_what_was_asked(asked):
    answer = client().get(asked, headers={**BY_PROXY, "x-forwarded-proto": "http"})
    assert answer.status_code == 308
    assert answer.headers["location"] == "https://cc.example.com" + asked.rstrip("?")


def test_a_websocket_obeys_the_same_rules():
    with client().websocket_connect("/_stcore/stream", headers=BY_PROXY) as socket:
        assert socket.receive_text() == "wss"
    for told in ({**BY_PROXY, "host": "evil.example"}, {**BY_PROXY, "x-forwarded-proto": "http"}):
        with (
            pytest.raises(WebSocketDisconnect) as closed,
            client().websocket_connect("/_stcore/stream", headers=told),
        ):
            pass
        assert closed.value.code == 1008


@pytest.mark.parametrize("path", ["/_control/pause", "/metrics"])
def test_what_is_for_this_machine_never_comes_through_the_proxy(path):
    assert client().get(path, headers=BY_PROXY).status_code == 404
    assert (
        client("127.0.0.1").get(path, headers={**BY_PROXY, "host": "127.0.0.1:1"}).status_code
        == 404
    )
    assert client("127.0.0.1").get(path, headers={"host": "127.0.0.1:1"}).status_code == 200


def test_health_is_open_to_a_supervisor_elsewhere():
    assert client("203.0.113.9").get("/healthz").status_code == 200


def test_the_door_of_the_demo_does_not_exist():
    house = SimpleNamespace(store=None)
    paths = {route.path for route in routes({}, lambda: house, door())}
    assert "/go/{wanted}" in paths
    assert not [path for path in paths if "demo" in path]
    assert "/demo/enter/{person}" in {r.path for r in routes({}, lambda: house, None)}


def test_the_policy_for_browsers_lets_in_the_served_pages_own_script_only(tmp_path):
    page = tmp_path / "index.html"
    page.write_text("<script>go()</script><script src='x.js'></script>")
    told = policy(page)
    assert "script-src 'self' 'sha256-" in told
    page.write_text("<script>stop()</script>")
    assert policy(page) != told
    assert "unsafe-eval" not in told
