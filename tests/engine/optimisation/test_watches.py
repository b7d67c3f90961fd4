from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from engine.model.outcomes import SourceState
from engine.model.world import World
from engine.optimisation import watch
from engine.optimisation.watches import attribution_mismatch, performance_drift, spend_anomaly
from tests import strategies
from tests.engine.brainkit import NOW, TODAY, UNIT, deals, facts, market, world


def spending(factor: float, daily: int = 400) -> World:
    """Sixty-three quiet days, weekends at half; yesterday times ``factor``."""
    draw = np.random.default_rng(4)
    rows = []
    for ago in range(70, 0, -1):
        day = TODAY - timedelta(days=ago)
        week = 0.5 if day.weekday() > 4 else 1.2
        cost = 400 * week * float(np.exp(draw.normal(0, 0.1))) * (factor if ago == 1 else 1)
        rows.append({"day": day, "campaign": "search", "cost_micros": round(cost * UNIT)})
    campaigns = (strategies.campaign("search", "google_search", daily),)
    return world(facts=facts(rows), campaigns=campaigns)


def test_a_day_at_three_times_its_weekday_alarms_with_its_week_as_cause() -> None:
    (alarm,) = spend_anomaly.watch(spending(4.0))
    assert alarm.cause == "spend_anomaly:google_search:2026-W45"
    assert len(alarm.title) <= 52
    assert alarm.waiting_cost_micros is not None
    assert len(alarm.options) >= 2


@pytest.mark.parametrize("factor", [1.0, 1.4, 0.9])
def test_ordinary_overdelivery_is_no_news(factor: float) -> None:
    assert spend_anomaly.watch(spending(factor)) == []


def test_a_quiet_weekend_is_no_anomaly_but_a_dead_day_is() -> None:
    rules = strategies.policy().triggers.spend_anomaly
    small = rules.model_copy(update={"min_deviation": 50 * UNIT})
    policy = strategies.policy()
    policy = policy.model_copy(
        update={"triggers": policy.triggers.model_copy(update={"spend_anomaly": small})}
    )
    assert spend_anomaly.watch(replace(spending(1.0), policy=policy)) == []
    (alarm,) = spend_anomaly.watch(replace(spending(0.0), policy=policy))
    assert "below" in alarm.title


def test_spend_that_follows_a_raised_budget_is_no_anomaly() -> None:
    assert spend_anomaly.watch(spending(4.0, daily=1600)) == []


def test_a_source_that_is_late_is_never_alarmed_on() -> None:
    late = (SourceState("google_ads", NOW, "late", "old"),)
    assert watch(replace(spending(4.0), sources=late)) == []


def drifting(win: float, cost: int) -> World:
    table, sold = market({"search": cost}, {"search": 800.0}, {"search": 0.02}, win=win)
    return world(facts=table, deals=sold)


def test_customers_far_dearer_than_the_target_alarm_once_a_month() -> None:
    # about 2,000 (1 - exp(-0.5)) x 2% = 16 leads a day; at 2% wins and 400 a day one is 1,270
    alarm, *others = performance_drift.watch(drifting(0.02, 400))
    assert [a.cause for a in others] == ["performance_drift:roas:2026-11"]
    assert alarm.cause == "performance_drift:all:2026-11"
    figures = {e.name: e.value for e in alarm.evidence}
    media, customers = float(figures["Media"]), figures["Customers, won and expected"]
    assert float(figures["Cost per customer"]) == pytest.approx(media / customers, rel=0.03)
    assert float(figures["Cost per customer"]) > 540
    assert float(figures["At best (80%)"]) < float(figures["Cost per customer"])


def test_customers_within_the_target_do_not() -> None:
    assert performance_drift.watch(drifting(0.2, 400)) == []


def test_too_few_closed_deals_are_silent() -> None:
    table, _ = market({"search": 400}, {"search": 800.0}, {"search": 0.02})
    assert performance_drift.watch(world(facts=table, deals=deals([]))) == []


def claims(claimed: float, leads: int) -> World:
    day = TODAY - timedelta(days=20)
    rows = [{"day": day, "campaign": "search", "cost_micros": UNIT, "conversions": claimed}]
    sold = [{"created_on": day, "campaign": "search", "channel": "google_search"}] * leads
    return world(
        facts=facts(rows), deals=deals([{**r, "deal_id": str(n)} for n, r in enumerate(sold)])
    )


def test_a_platform_claiming_far_more_than_the_crm_knows_alarms() -> None:
    (alarm,) = attribution_mismatch.watch(claims(100.0, 50))
    assert alarm.cause == "attribution_mismatch:google_search:2026-11"
    assert {e.name: e.value for e in alarm.evidence}["Gap"] == 50.0


@pytest.mark.parametrize(("claimed", "leads"), [(100.0, 71), (19.0, 2), (22.0, 14), (0.0, 0)])
def test_a_small_gap_few_counts_and_chance_are_silent(claimed: float, leads: int) -> None:
    assert attribution_mismatch.watch(claims(claimed, leads)) == []
