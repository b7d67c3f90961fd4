"""A real house, the official SDK, and a market in its own process; only the sizes are small."""

import subprocess
import tempfile
from pathlib import Path

import pytest

from bench import tick

pytestmark = pytest.mark.xdist_group("bench_tick")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where the house is opened; nobody else opens anything there."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("tick"))
    yield Path(tempfile.tempdir)
    tempfile.tempdir = before


@pytest.fixture(scope="module")
def answer(place):
    return tick.measure((1, 1), lambda _line: None, houses=(1,))


def test_it_answers_with_clients_seconds_and_sizes(answer):
    assert answer["short"] is True
    assert answer["clients"] == 1
    assert answer["seconds"] > 0
    assert answer["seconds_hourly"] > 0
    assert answer["sizes"]["daily_ticks"] == [1]
    assert answer["sizes"]["hourly_ticks"] == [1]


def test_every_tick_measured_read_its_sources(answer):
    assert answer["houses"][0]["late"] == []


def test_it_reads_as_a_sentence(answer):
    assert tick.line(answer).startswith("tick: median of one client's tick, 1 client(s): daily ")


def test_no_market_and_no_file_is_left_behind(answer, place):
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert not [row for row in listed.stdout.splitlines() if str(place) in row]
    assert not list(place.iterdir())
