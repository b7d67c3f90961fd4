"""A simulated market for the platform suites."""

import os
from pathlib import Path

import pytest

from tests.sandbox.running import start_sandbox


@pytest.fixture(scope="session")
def market(tmp_path_factory):
    """A running sandbox, opened on Monday 9 March 2026 at 06:00 UTC."""
    running = start_sandbox(tmp_path_factory.mktemp("market"), Path(os.environ["CC_TEST_CA"]))
    running.control.open("2026-03-09T06:00:00+00:00", seed=7)
    yield running
    running.stop()
