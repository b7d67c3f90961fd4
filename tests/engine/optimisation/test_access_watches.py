"""Silent sources, access that ends and ads the platform does not let run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.model.accounts import Snapshot
from engine.model.outcomes import SourceState
from engine.model.world import Access, World
from engine.optimisation.watches import expiring_token, rejected_ad, stale_source
from tests import strategies
from tests.engine.brainkit import NOW, TODAY, UNIT, facts, snapshot, world


def silent(hours: float | None, state: str = "late") -> World:
    as_of = None if hours is None else NOW - timedelta(hours=hours)
    return world(sources=(SourceState("google_ads", as_of, state, "It did not answer."),))


def test_a_source_silent_beyond_the_hours_calls_somebody_once_for_this_silence() -> None:
    (alarm,) = stale_source.watch(silent(40))
    assert alarm.cause == "stale_source:google_ads:2026-11-07T14:30Z"
    later = replace(silent(40), now=NOW + timedelta(hours=5))
    assert [a.cause for a in stale_source.watch(later)] == [alarm.cause]
    figures = {e.name: e.value for e in alarm.evidence}
    assert figures == {
        "Without news for": 40,
        "Called after": 36,
        "Money has waited for": 14,
    }
    (next_time,) = stale_source.watch(silent(60))
    assert next_time.cause != alarm.cause


@pytest.mark.parametrize(
    "made", [silent(35), silent(2, "failed"), silent(99, "fresh"), silent(None), world(sources=())]
)
def test_a_source_that_is_back_or_late_for_a_short_while_is_silent(made: World) -> None:
    assert stale_source.watch(made) == []


def test_a_source_that_was_never_read_and_failed_calls_somebody() -> None:
    (alarm,) = stale_source.watch(silent(None, "failed"))
    assert alarm.cause == "stale_source:google_ads:never"
    assert "has never been read" in alarm.what


def ending(days: float | None) -> World:
    end = None if days is None else NOW + timedelta(days=days)
    return world(connections=(Access("linkedin_ads 5", end), Access("google_ads acc")))


def test_access_that_ends_within_the_days_calls_somebody_once_for_this_end() -> None:
    (alarm,) = expiring_token.watch(ending(13))
    assert alarm.cause == "expiring_token:linkedin_ads 5:2026-11-22"
    assert "in 13 days" in alarm.what
    (gone,) = expiring_token.watch(ending(-1))
    assert "has ended" in gone.title


@pytest.mark.parametrize("days", [15, None])
def test_access_that_ends_later_or_whose_end_nobody_knows_is_silent(days: float | None) -> None:
    assert expiring_token.watch(ending(days)) == []


def reviewed(review: str, *, on: bool = True, others: int = 0, ours: bool = True) -> Snapshot:
    seen = snapshot({"v1": on, **{f"o{n}": True for n in range(others)}})
    (campaign,) = seen.campaigns
    (group,) = campaign.ad_groups
    first, *rest = group.ads
    first = replace(first, review=review, variant="v1" if ours else None)
    group = replace(group, ads=(first, *rest))
    return replace(seen, campaigns=(replace(campaign, ad_groups=(group,)),))


def account(seen: Snapshot) -> World:
    day = TODAY - timedelta(days=3)
    row = {"day": day, "level": "ad", "ad": "v1", "campaign": "search", "cost_micros": 70 * UNIT}
    return world(snapshots=(seen,), ad_facts=facts([row]))


def test_an_ad_that_should_run_and_is_disapproved_calls_somebody_and_tells_what_is_missing() -> (
    None
):
    (alarm,) = rejected_ad.watch(account(reviewed("DISAPPROVED", others=2)))
    assert alarm.cause == "rejected_ad:search:v1:DISAPPROVED"
    figures = {e.name: e.value for e in alarm.evidence}
    assert figures["Other ads of the group running"] == 2
    assert figures["Spent by it a day, last 7 days"] == "10.00"
    (alone,) = rejected_ad.watch(account(reviewed("DISAPPROVED")))
    assert "the group shows nothing" in alone.what


@pytest.mark.parametrize(
    "seen",
    [
        reviewed("APPROVED"),
        reviewed(""),
        reviewed("UNDER_REVIEW"),
        reviewed("DISAPPROVED", on=False),
        reviewed("DISAPPROVED", ours=False),
        reviewed("APPROVED_LIMITED"),
    ],
)
def test_ads_that_run_wait_or_are_not_ours_are_silent(seen: Snapshot) -> None:
    assert rejected_ad.watch(account(seen)) == []


def test_a_limited_ad_calls_somebody_only_where_the_policy_says_so() -> None:
    policy = strategies.policy()
    asks = policy.triggers.rejected_ad.model_copy(update={"limited_too": True})
    triggers = policy.triggers.model_copy(update={"rejected_ad": asks})
    made = account(reviewed("APPROVED_LIMITED"))
    made = replace(made, policy=policy.model_copy(update={"triggers": triggers}))
    (alarm,) = rejected_ad.watch(made)
    assert "approved limited" in alarm.what
