"""A real store with sign-in set up: a provider, the server, and a TLS proxy in front, each on a free port."""

from __future__ import annotations

import contextlib
import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass

import httpx2
import pytest
import trustme

from engine.store import meta, people
from tests.demo.built import PROJECT
from tests.demo.live import CHROMIUM, FLAGS, free_port
from tests.oidc import provider, tls_proxy
from tests.pages.build import build

KNOWN = ("sam", "priya", "tom", "nora", "maya")


@dataclass
class Signed:
    """A running installation: ``url`` is the public address, ``inside`` the server's own."""

    url: str
    inside: str
    issuer: str

    def next(self, person: str, **claims) -> None:
        """Who signs in next, with a verified address unless told otherwise."""
        told = {"sub": f"sub-{person}", "name": person, "email": f"{person}@example.com"}
        answer = {**told, "email_verified": True, **claims}
        httpx2.post(f"{self.issuer}/next", json=answer, trust_env=False)

    def asked(self, at: str) -> list[dict]:
        """What the provider was asked, by route."""
        log = httpx2.get(f"{self.issuer}/log", trust_env=False).json()
        return [each for each in log if each["at"] == at]


def store_in(folder):
    """Two clients, their people with addresses, and no demo."""
    path = folder / "store.duckdb"
    store = build(path)

    def write(conn):
        meta.put(conn, "demo", "0")
        for person in KNOWN:
            people.change(conn, person, email=f"{person}@example.com")

    store.write(write)
    store.close()
    return path


@contextlib.contextmanager
def process(line, environment, health, log):
    """A process until the block ends; it answers at ``health`` first."""
    with log.open("wb") as out:
        began = time.monotonic()
        running = subprocess.Popen(
            [sys.executable, "-m", *line],
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            while True:
                if running.poll() is not None or time.monotonic() - began > 60:
                    raise AssertionError(log.read_text(errors="replace")[-3000:])
                with contextlib.suppress(httpx2.HTTPError):
                    if httpx2.get(health, timeout=2, trust_env=False).status_code == 200:
                        break
                time.sleep(0.1)
            yield running
        finally:
            running.send_signal(signal.SIGINT)
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


@pytest.fixture(scope="session")
def signed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signed")
    idp, inside, outside = free_port(), free_port(), free_port()
    issuer, url = f"http://127.0.0.1:{idp}", f"https://localhost:{outside}"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    environment = {
        "CC_STORE": str(store_in(folder)),
        "CC_PUBLIC_URL": url,
        "CC_PROXY": tls_proxy.FROM,
        "CC_OIDC_METADATA_URL": f"{issuer}/.well-known/openid-configuration",
        "CC_OIDC_CLIENT_ID": provider.CLIENT,
        "CC_OIDC_CLIENT_SECRET": provider.SECRET,
        "CC_OIDC_COOKIE_SECRET": "a-secret-that-only-this-test-knows-0123456789",
    }
    serve = ["jobs", "serve", "--port", str(inside)]
    own = f"http://127.0.0.1:{inside}"
    with (
        process(["tests.oidc.provider", str(idp)], {}, f"{issuer}/keys", folder / "idp.log"),
        process(serve, environment, f"{own}/healthz", folder / "server.log"),
    ):
        tls_proxy.start(outside, inside, context)
        yield Signed(url, own, issuer)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def device(chromium):
    """A browser of its own, as another machine would be."""
    opened = []

    def new(**more):
        context = chromium.new_context(
            ignore_https_errors=True, viewport={"width": 1280, "height": 900}, **more
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()
