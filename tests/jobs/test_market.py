import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.errors import GiveUp
from jobs.demo_clients.reading import account_spec, load
from jobs.market import Market

BEGIN = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def market(tmp_path):
    made = Market(tmp_path / "sandbox")
    yield made
    made.stop()


def _billed(market):
    rows = market.call("/billed?customer_id=1000000002")["rows"]
    return [(r["campaign_name"], r["day"], r["billed_micros"]) for r in rows]


def test_a_killed_market_comes_back_at_its_place_with_the_same_world(market):
    market.call("/now", {"now": BEGIN.isoformat(), "seed": 7})
    market.call("/accounts", account_spec(load("alder")))
    market.advance(BEGIN + timedelta(days=2))
    before, facts = _billed(market), market.ensure()
    assert before

    os.kill(facts["pid"], signal.SIGKILL)
    deadline = time.monotonic() + 10
    while market.facts() is not None and time.monotonic() < deadline:
        time.sleep(0.02)

    assert _billed(market) == before
    again = market.ensure()
    assert again["pid"] != facts["pid"]
    assert (again["grpc"], again["https"]) == (facts["grpc"], facts["https"])
    assert market.restarts == 1
    assert market.call("/now")["now"] == (BEGIN + timedelta(days=2)).isoformat()


def test_what_the_market_refuses_arrives_in_its_own_words(market):
    market.call("/now", {"now": BEGIN.isoformat(), "seed": 7})
    with pytest.raises(GiveUp, match="began at"):
        market.call("/now", {"now": BEGIN.isoformat(), "seed": 8})


def test_stopping_leaves_no_process_and_no_claim(market):
    pid = market.ensure()["pid"]
    market.stop()
    assert market.facts() is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
