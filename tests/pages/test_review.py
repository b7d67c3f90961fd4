"""The month's review: its month in the address, empty states, and a draft written by a button."""

import json
from datetime import timedelta

import pytest

from engine.store import decisions, policies
from engine.store.decisions import Decision
from tests.pages.build import NOW as TODAY

from .conftest import enter, words

PAGE = "pages/strategist/review.py"
RULE = "guardrails.share_cap.max_shares"


def approved(number, bound, figure, channel):
    reason = {
        "rule": "share_cap",
        "outcome": "escalate",
        "sentence": "Too much.",
        "facts": {"channel": channel, "bound": bound, "figure": figure},
    }
    return Decision(
        *("northgate", f"o{number}", "t", TODAY, TODAY.date(), "channel_mix", "shift_budget"),
        *("{}", f"f{number}", "escalated", json.dumps([reason]), 1, "applied", "Move money."),
        applied_at=TODAY + timedelta(hours=1),
        approval_json="{}",
    )


def test_the_review_shows_people_agents_and_rules(place):
    at = enter("priya", PAGE, client="northgate")
    assert not at.exception
    told = words(at)
    for part in ("People", "Agents", "Rules", "Suggested changes", "Size of one step", "Hit rate"):
        assert part in told


def test_an_unknown_month_in_the_address_shows_the_running_one(place):
    at = enter("priya", PAGE, client="northgate", month="1999-01")
    assert not at.exception
    assert at.segmented_control(key="month").value == f"{TODAY:%Y-%m}"


@pytest.mark.parametrize("person", ["nora", "maya"])
def test_it_is_no_page_of_a_client_or_of_the_team(place, person):
    with pytest.raises(ValueError, match="Could not find"):
        enter(person, PAGE)


def test_an_earlier_month_is_asked_for_by_the_address(place):
    at = enter("priya", PAGE, client="northgate", month=f"{TODAY:%Y-%m}")
    assert f"To {TODAY.day} {TODAY:%B}" in words(at)


def test_an_admin_reads_it_and_is_told_who_writes_drafts(place):
    at = enter("sam", PAGE, client="northgate")
    assert not at.exception
    assert not [b for b in at.button if b.label == "Write the draft"]


def test_a_rule_always_overridden_is_written_as_a_draft_and_published_by_nobody(place):
    with place.read() as conn:
        before = policies.current(conn, "northgate")
    shares = json.loads(before.body_json)["guardrails"]["share_cap"]["max_shares"]
    channel, bound = next(iter(shares.items()))
    percent = f"{float(bound) * 100:g} %"
    rows = [approved(n, percent, f"{float(bound) * 100 + n / 2:g} %", channel) for n in (1, 2, 3)]
    place.write(lambda conn: decisions.record(conn, "northgate", rows))
    at = enter("priya", PAGE, client="northgate")
    assert "All 3 times it asked, a person said yes" in words(at)
    at.button(key="draft-share_cap").click().run()
    assert "was written" in words(at)
    with place.read() as conn:
        assert policies.current(conn, "northgate").version == before.version
        drafts = [v for v in policies.history(conn, "northgate") if v.state == "draft"]
    wanted = float(bound) + 0.015
    assert any(
        float(json.loads(d.body_json)["guardrails"]["share_cap"]["max_shares"][channel])
        == pytest.approx(wanted)
        for d in drafts
    )
