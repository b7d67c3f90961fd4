"""What sells an offer out of date is stopped from the first day after it, through the gate, and nothing else is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.outcomes import SourceState
from engine.optimisation import stops
from engine.optimisation.agents import expired_offers
from policies import gate
from policies.actions import PauseVariant, SetCampaignStatus
from policies.offers import Offers
from policies.standing import Selling
from policies.verdict import Allowed
from tests import strategies
from tests.engine import brainkit as kit
from tests.policies.test_offers import SALE, SHOP, offers, sold

BOTH = offers(SALE, SHOP)


def world(*rows: Selling, written: Offers = BOTH, zone: str = "Europe/London", **more: Any):
    policy = strategies.policy().model_copy(update={"offers": written, "time_zone": zone})
    wanted = {
        "search": kit.desired("search", 400, ("a", "b", "c")),
        "video": kit.desired("video", 200, ("v",)),
    }
    whole = {"desired": wanted, "policy": policy, "standing": {"selling": rows}}
    return kit.world(**{**whole, **more})


def test_a_campaign_that_sells_nothing_else_is_paused_whole_and_the_gate_allows_it():
    found = world(sold("search", "sale", "a", "b"), sold("video", "shop", "v"))
    [stop] = expired_offers.propose(found)
    assert isinstance(stop, SetCampaignStatus)
    assert (stop.campaign, stop.enabled) == ("search", False)
    assert "ended on 08 Nov 2026" in stop.reason
    assert "counts towards no limit on pauses" in stop.reason
    assert isinstance(gate.judge(stop, found.policy, found.standing), Allowed) or {
        r.rule for r in gate.judge(stop, found.policy, found.standing).reasons
    } == {"channel_daily"}


def test_of_a_campaign_that_sells_something_else_only_the_ads_of_that_offer_stop():
    rows = (sold("search", "sale", "a", "c"), sold("search", "shop", "b", concept="c2"))
    found = world(*rows)
    stopped = expired_offers.propose(found)
    assert [(type(s), s.variant) for s in stopped] == [(PauseVariant, "a"), (PauseVariant, "c")]
    assert all(isinstance(gate.judge(s, found.policy, found.standing), Allowed) for s in stopped)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (sold("search", "shop", "a"),),
        (sold("search", "", "a"),),
        (sold("search", "other", "a"),),
        (sold("gone", "sale", "a"),),
    ],
)
def test_what_sells_an_offer_in_force_or_none_that_is_written_runs_on(rows):
    assert expired_offers.propose(world(*rows)) == []


def test_many_ads_of_one_offer_all_stop_on_one_day_whatever_the_limit():
    rows = (sold("search", "sale", "a", "b", "c"), sold("search", "shop", concept="c2"))
    found = world(*rows, standing={"selling": rows, "paused_today": tuple("defghijk")})
    stopped = expired_offers.propose(found)
    assert len(stopped) == 3
    assert all(isinstance(gate.judge(s, found.policy, found.standing), Allowed) for s in stopped)


def test_late_figures_do_not_hold_a_stop_up_and_the_kill_switch_leaves_nothing_to_stop():
    late = SourceState("google_ads", kit.NOW, "late", "late")
    found = world(sold("search", "sale", "a"), sources=(late,))
    assert len(expired_offers.propose(found)) == 1
    rows = (sold("search", "sale", "a"),)
    paused = world(standing={"selling": rows, "paused": True})
    assert expired_offers.propose(paused) == []


@settings(max_examples=60)
@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.floats(-30, 30),
)
def test_the_first_stop_is_on_the_day_after_the_last_in_the_clients_zone(zone, last, hours):
    written = offers({**SALE, "valid_from": "2020-01-01", "valid_to": str(last)}, SHOP)
    midnight = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)
    now = midnight + timedelta(hours=hours)
    rows = (sold("search", "sale", "a"),)
    found = world(written=written, zone=zone, now=now, standing={"selling": rows, "now": now})
    assert bool(expired_offers.propose(found)) == (now >= midnight)


def test_it_is_looked_at_once_a_day_and_again_under_a_new_version():
    snapshots = (kit.snapshot({"a": True}),)
    found = world(sold("search", "sale", "a"), snapshots=snapshots)
    wishes, marks = stops(found)
    assert len(wishes) == 1
    assert marks == {"stops": "2026-11-09:v1"}
    assert stops(replace(found, looked=marks)) == ([], {})
    later = found.policy.model_copy(update={"version": 2})
    assert len(stops(replace(found, looked=marks, policy=later))[0]) == 1


def test_while_a_campaign_of_ours_cannot_be_read_the_next_pass_looks_again():
    snapshots = (kit.snapshot({"a": True}),)
    found = world(
        sold("search", "sale", "a"),
        snapshots=snapshots,
        campaigns=(strategies.campaign("search", "google_search", 400),),
    )
    wishes, marks = stops(found)
    assert len(wishes) == 1
    assert marks == {}
