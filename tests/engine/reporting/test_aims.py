"""Where each written target stands on the client's page, or why nothing can be said."""

from datetime import timedelta

import pandas as pd
import pytest

from engine.model import credit
from engine.reporting.client.aims import aims
from engine.reporting.client.targets import NOTHING, of_policy
from policies.money import MICROS
from tests import strategies
from tests.engine.brainkit import TODAY, UNIT, deals

FIRST, LAST = credit.settled(TODAY)


def media(daily: int, days: int = 200) -> pd.DataFrame:
    rows = [(TODAY - timedelta(days=n), "google_search", daily * MICROS) for n in range(days)]
    return pd.DataFrame(rows, columns=["day", "channel", "cost_micros"])


def sold(each: int = 10, age: int = 10, won: int = 2):
    """``each`` leads a day, ``won`` of them won for £1,000 and the rest lost, all at one age."""
    rows = []
    for ago in range(90, 7, -1):
        day = TODAY - timedelta(days=ago)
        for n in range(each):
            closed = day + timedelta(days=age)
            done = closed <= TODAY
            rows.append(
                {
                    "created_on": day,
                    "closed_on": closed if done else None,
                    "won": n < won if done else None,
                    "amount_micros": 1000 * UNIT if done and n < won else 0,
                    "channel": "google_search",
                }
            )
    return deals(rows)


def told(found, key):
    (aim,) = [a for a in found["written"] if a["key"] == key]
    return aim


def test_each_written_target_is_judged_on_its_own_side():
    asked = {
        **NOTHING,
        "cac_micros": 300 * MICROS,
        "cost_per_action_micros": 35 * MICROS,
        "roas_floor": 3.0,
        "payback_months": 2,
        "contribution_floor_micros": 50_000 * MICROS,
        "margin": 0.5,
    }
    found = aims(media(400), sold(), asked, TODAY)
    assert (found["first"], found["last"], found["without"]) == (FIRST, LAST, [])
    # £400 a day for ten leads and two customers of £1,000
    assert told(found, "cac")["value"] == pytest.approx(200 * MICROS, rel=0.02)
    assert told(found, "cac")["met"]
    assert told(found, "cac")["sure"]
    assert told(found, "cost_per_action")["value"] == pytest.approx(40 * MICROS)
    assert told(found, "cost_per_action")["met"] is False
    assert told(found, "roas")["value"] == pytest.approx(5.0, rel=0.02)
    assert told(found, "roas")["met"]
    assert told(found, "payback")["value"] == pytest.approx(10 / 30.4)
    assert told(found, "contribution")["value"] == pytest.approx(18_240 * MICROS, rel=0.03)
    assert told(found, "contribution")["met"] is False


def test_what_nobody_wrote_is_named_and_not_judged():
    found = aims(media(400), sold(), {**NOTHING, "cac_micros": 300 * MICROS}, TODAY)
    assert [a["key"] for a in found["written"]] == ["cac"]
    assert found["without"] == ["cost_per_action", "roas", "payback", "contribution"]


def test_a_target_within_chance_is_not_called_sure():
    found = aims(media(400), sold(), {**NOTHING, "cac_micros": 199 * MICROS}, TODAY)
    aim = told(found, "cac")
    assert (aim["met"], aim["sure"]) == (False, False)
    assert aim["low"] < 199 * MICROS < aim["high"]


def test_too_few_closed_deals_say_so_and_no_media_does_too():
    asked = {**NOTHING, "cac_micros": 300 * MICROS, "payback_months": 6}
    young = aims(media(400), sold(age=200), asked, TODAY)
    assert {a["met"] for a in young["written"]} == {None}
    assert "Too few deals have closed" in told(young, "payback")["why"]
    none = aims(media(400).head(0), sold(), asked, TODAY)
    assert told(none, "cac")["why"] == "No media is settled yet."


def test_payback_later_than_any_deal_is_old_is_not_judged():
    asked = {**NOTHING, "payback_months": 6, "margin": 0.02}
    aim = told(aims(media(400), sold(), asked, TODAY), "payback")
    assert aim["met"] is None
    assert "No deal is older than" in aim["why"]


def test_a_young_account_is_paced_on_the_days_it_has():
    asked = {**NOTHING, "contribution_floor_micros": 1, "margin": 0.5}
    found = aims(media(400, days=30), sold(), asked, TODAY)
    assert found["first"] == TODAY - timedelta(days=29)
    assert told(found, "contribution")["value"] == pytest.approx(18_240 * MICROS, rel=0.05)


def test_the_targets_of_the_page_are_those_of_the_policy():
    policy = strategies.policy()
    written = {"cost_per_action": 60 * MICROS, "roas_floor": 3_500_000, "payback_months": 12}
    changed = policy.targets.model_copy(
        update={**written, "margin": 400_000, "contribution_floor": 5 * MICROS}
    )
    found = of_policy(policy.model_copy(update={"targets": changed}), 3)
    assert found["cost_per_action_micros"] == 60 * MICROS
    assert (found["roas_floor"], found["payback_months"]) == (3.5, 12)
    assert (found["margin"], found["contribution_floor_micros"]) == (0.4, 5 * MICROS)
