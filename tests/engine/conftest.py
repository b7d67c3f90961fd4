"""One simulated market for the tests of the loop and the commands."""

import os
from pathlib import Path

import pytest

from tests.engine.small import BEGINS, open_small, small_data
from tests.sandbox.running import start_sandbox


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    """A running sandbox, opened on 10 September 2026; its time only goes on."""
    found = start_sandbox(tmp_path_factory.mktemp("market"), Path(os.environ["CC_TEST_CA"]))
    found.control.open(BEGINS.isoformat(), seed=7)
    yield found
    found.stop()


@pytest.fixture
def small(tmp_path, running):
    """One client with six days behind it, at 06:30 of its account, before its first tick."""
    running.control.clear_faults()
    found = open_small(tmp_path, running, small_data())
    yield found
    running.control.clear_faults()
    found.house.store.close()
