"""A real store with sign-in set up: a provider, the server, and a TLS proxy in front, each on a free port."""

from __future__ import annotations

import base64
import contextlib
import hashlib
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
from cryptography import x509
from cryptography.hazmat.primitives import serialization

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
def certificate():
    return trustme.CA().issue_cert("localhost")


def fingerprint(certificate) -> str:
    """SHA-256 of the certificate's public key, as Chromium names one."""
    first = x509.load_pem_x509_certificate(certificate.cert_chain_pems[0].bytes())
    key = first.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


@pytest.fixture(scope="session")
def signed(tmp_path_factory, certificate):
    folder = tmp_path_factory.mktemp("signed")
    idp, inside, outside = free_port(), free_port(), free_port()
    issuer, url = f"http://127.0.0.1:{idp}", f"https://localhost:{outside}"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
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
def chromium(play, certificate):
    """A browser that takes the proxy's certificate for good: with a bad one it would cache nothing."""
    known = f"--ignore-certificate-errors-spki-list={fingerprint(certificate)}"
    running = play.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, known])
    yield running
    running.close()


@pytest.fixture(scope="session")
def devices(chromium):
    """Browsers that keep what they loaded of the screens from test to test, and nothing else."""
    made = [chromium.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
    yield made
    for context in made:
        context.close()


@pytest.fixture
def device(devices):
    """``device()``: a browser of its own, as another machine would be, with nobody signed in."""
    fresh = iter(devices)

    def new():
        context = next(fresh)
        context.set_default_timeout(30_000)
        return context

    yield new
    for context in devices:
        for page in context.pages:
            page.close()
        context.clear_cookies()
