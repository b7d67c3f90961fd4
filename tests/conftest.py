"""What every test stands on: no way out but loopback, and one certificate authority.

This file is imported before any test module, so that the variables below are set before gRPC and
requests are.
"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sandbox import ca

# Nobody listens there. gRPC and requests obey proxies; pytest-socket does not see gRPC.
DEAD_END = "http://127.0.0.1:9"
for _name in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ[_name] = os.environ[_name.upper()] = DEAD_END
for _name in ("no_proxy", "NO_PROXY"):
    os.environ[_name] = "localhost,127.0.0.1,::1"

_FOLDER = os.environ.setdefault("CC_TEST_CA", tempfile.mkdtemp(prefix="cc-ca-"))
_BUNDLE = str(ca.ensure(Path(_FOLDER)))
os.environ["CC_CA"] = _FOLDER  # where the product looks, in this process and those it starts
for _name in ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "REQUESTS_CA_BUNDLE"):
    os.environ[_name] = _BUNDLE  # replaced even when set: machines may name their own roots

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

# A busy machine is slow, not wrong; the same examples every time, so that a failure is the change's.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

from engine.store import Store  # noqa: E402
from engine.store.connect import connect  # noqa: E402

MONDAY = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


class FixedClock:
    """Business time that stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="session")
def play():
    """Playwright, once a process: a second one beside it refuses to start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture
def clock():
    """Monday 9 November 2026, 09:30 UTC."""
    return FixedClock()


@pytest.fixture
def temp_store(tmp_path):
    """An empty store in a file of its own."""
    store = Store(connect(f"duckdb:///{tmp_path / 'store.duckdb'}"), seed=1)
    yield store
    store.close()
