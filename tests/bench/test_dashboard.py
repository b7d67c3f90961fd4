"""A tiny agency: the roads must agree and the page must show; how long they take is not asked."""

import os
import tempfile
from pathlib import Path

import pytest

from bench import agency, dashboard
from engine.model.errors import GiveUp
from engine.store import tables

pytestmark = pytest.mark.xdist_group("bench_dashboard")
ROWS = 3_000


def quiet(_line):
    return None


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where the stores are made; nobody else makes anything there."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("dashboard"))
    yield Path(tempfile.tempdir)
    tempfile.tempdir = before


@pytest.fixture(scope="module")
def answer(place):
    return dashboard.measure(ROWS, 2, quiet)


def test_it_answers_with_rows_times_and_ratios(answer):
    assert answer["short"] is True
    assert answer["rows"] >= ROWS
    assert 0 < answer["p50_ms"] <= answer["p95_ms"]
    assert answer["raw_ratio"] > 0
    assert set(answer["page_ms"]) == {
        "composed",
        "script_uncached",
        "script_cached",
        "last_click",
        "platform",
        "campaigns",
        "ads",
    }
    for spread in (*answer["page_ms"].values(), *answer["roads_ms"].values()):
        assert set(spread) == {"p50", "p95"}


def test_it_reads_as_a_sentence(answer):
    assert dashboard.line(answer).startswith(
        f"dashboard: 90 days by channel over {answer['rows']:,}"
    )


def test_nothing_is_left_behind(answer, place):
    assert not list(place.iterdir())
    assert str(place) not in os.environ.get("CC_STORE", "")


def test_a_road_with_another_answer_is_not_measured(place):
    with dashboard.opened(ROWS, quiet) as store:
        right = dashboard.ours(store)
        channels = {c for one in agency.accounts(ROWS) for c in one.channels()}
        assert right == dashboard.raw(store, "ad") == dashboard.raw(store, "campaign")
        assert len(right) == 90 * len(channels)
        store.write(lambda conn: conn.execute(tables.channel_days.update().values(cost_micros=1)))
        with pytest.raises(GiveUp, match="another answer"):
            dashboard._asked(store, 1)
