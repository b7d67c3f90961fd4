"""Clicks go on and results stop: told by a binomial test that never takes lateness for a fault."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from engine.model.outcomes import SourceState
from engine.model.world import World
from engine.optimisation.watches import tracking_broken
from tests import strategies
from tests.engine.brainkit import NOW, TODAY, UNIT, deals, facts, world

SEARCH = "google_search"


def history(
    *,
    broken: int = 0,
    leads_broken: int = 0,
    reported: tuple[float, ...] = (),
    clicks: int = 100,
    calm: float = 1.0,
    seed: int = 3,
) -> World:
    """Sixty days of 5 % conversions; ``broken`` of the newest days have none, ``calm`` scales their clicks.

    ``reported`` are the shares of conversions that are in for days 1, 2, 3 … ago.
    """
    draw = np.random.default_rng(seed)
    rows, sold = [], []
    for ago in range(60, 0, -1):
        day = TODAY - timedelta(days=ago)
        new = ago <= max(broken, leads_broken)
        count = int(clicks * (calm if new else 1.0))
        results = int(draw.binomial(count, 0.05))
        share = reported[ago - 1] if ago <= len(reported) else 1.0
        seen = 0 if ago <= broken else draw.binomial(results, share)
        rows.append(
            {
                "day": day,
                "campaign": "search",
                "clicks": count,
                "conversions": float(seen),
                "cost_micros": 200 * UNIT,
            }
        )
        made = 0 if ago <= leads_broken else results
        sold += [{"created_on": day, "campaign": "search", "channel": SEARCH}] * made
    campaigns = (strategies.campaign("search", SEARCH, 400),)
    numbered = [{**r, "deal_id": str(n)} for n, r in enumerate(sold)]
    return world(facts=facts(rows), deals=deals(numbered), campaigns=campaigns)


def test_conversions_that_stopped_while_clicks_go_on_call_somebody() -> None:
    (alarm,) = tracking_broken.watch(history(broken=11))
    assert alarm.cause == "tracking_broken:conversions:google_search:2026-11"
    figures = {e.name: e.value for e in alarm.evidence}
    assert figures["Clicks"] == 700
    assert figures["Conversions"] == 0
    assert figures["Expected"] == pytest.approx(35, abs=8)
    assert figures["Binomial p"] <= 0.001
    assert alarm.waiting_cost_micros == 200 * UNIT
    assert len(alarm.options) == 3


def test_leads_that_stopped_are_told_apart_from_conversions() -> None:
    (alarm,) = tracking_broken.watch(history(leads_broken=11))
    assert alarm.cause == "tracking_broken:leads:google_search:2026-11"


@pytest.mark.parametrize("seed", range(8))
def test_an_ordinary_week_is_silent(seed: int) -> None:
    assert tracking_broken.watch(history(seed=seed)) == []


@pytest.mark.parametrize("seed", range(8))
def test_conversions_that_are_only_late_are_not_called_broken(seed: int) -> None:
    late = (0.0, 0.05, 0.2, 0.5, 0.55, 0.6, 0.7, 0.75, 0.8, 0.9)
    assert tracking_broken.watch(history(reported=late, seed=seed)) == []


def test_days_the_crm_has_not_told_of_are_not_days_without_leads() -> None:
    made = history(leads_broken=11)
    old = NOW - timedelta(days=11)
    sources = (*made.sources, SourceState("crm", old, "fresh", "crm is up to date."))
    assert tracking_broken.watch(replace(made, sources=sources)) == []


def test_traffic_that_went_away_is_no_broken_tracking() -> None:
    assert tracking_broken.watch(history(broken=11, leads_broken=11, calm=0.2)) == []


def test_too_little_history_and_too_few_clicks_are_silent() -> None:
    assert tracking_broken.watch(history(broken=11, clicks=5)) == []
    assert tracking_broken.watch(history(broken=60, leads_broken=60)) == []


def test_a_late_source_is_silent() -> None:
    late = (SourceState("google_ads", NOW, "late", "old"),)
    assert tracking_broken.watch(replace(history(broken=11), sources=late)) == []
