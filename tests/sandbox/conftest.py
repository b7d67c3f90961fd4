"""A sandbox process for the session. The roots are set before grpc and requests are imported."""

import os
import tempfile
from pathlib import Path

from sandbox import ca

_FOLDER = os.environ.setdefault("CC_TEST_CA", tempfile.mkdtemp(prefix="cc-ca-"))
_BUNDLE = str(ca.ensure(Path(_FOLDER)))
for _name in ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "REQUESTS_CA_BUNDLE"):
    os.environ[_name] = _BUNDLE  # replaced even when set: machines may name their own roots

import pytest  # noqa: E402

from tests.sandbox.running import start_sandbox  # noqa: E402


@pytest.fixture(scope="session")
def ca_dir():
    return Path(_FOLDER)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory, ca_dir):
    """A running sandbox, opened on Monday 9 March 2026 at midnight UTC; tests add own accounts."""
    running = start_sandbox(tmp_path_factory.mktemp("world"), ca_dir)
    running.control.open("2026-03-09T00:00:00+00:00", seed=11)
    yield running
    running.stop()
