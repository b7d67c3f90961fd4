"""The guardrails page with a draft: what it would have said of the past, and who may publish it."""

import json
from datetime import timedelta

import pytest

from engine.store import codec, decisions, judged_on
from engine.store.decisions import Decision
from tests.pages.guardrails import STEP, WINDOW, C, box, click, in_force, page, shown, stored
from tests.pages.small import NOW
from tests.strategies import change, set_budgets, standing


def acted(place, count=3):
    """Raises of a tenth that were allowed, a week apart, with what they were judged on."""
    action = set_budgets(change("s1", "google_search", 300, 330), client=C)

    def write(conn):
        for n in range(count):
            at = NOW - timedelta(days=7 * n + 1)
            row = Decision(
                client=C,
                decision_id=f"past-{n}",
                tick_id=f"pass-{n}",
                at=at,
                account_day=at.date(),
                agent="channel_mix",
                kind=action.kind,
                action_json=codec.action_json(action),
                fingerprint=action.fingerprint,
                verdict="allowed",
                reasons_json="[]",
                policy_version=1,
                state="applied",
                sentence="Raise <b>Search</b> from £300 to £330 a day.",
            )
            decisions.record(conn, C, [row])
            judged_on.keep(conn, C, row.tick_id, standing(client=C), 1, at)

    place.write(write)


@pytest.fixture
def drafted(place):
    """Tom's draft that only tightens, seen by him."""
    acted(place)
    at = page("tom")
    box(at, STEP).set_value(2.0)
    click(at, "save")
    return at


def test_a_draft_shows_what_it_would_have_said_of_the_past(place, drafted):
    told = shown(drafted)
    assert "Dry run" in told
    assert "3 would now go to a person." in told
    assert "One action may move at most 2% of a channel's daily budget" in told
    assert any("The 3 that change · " in e.label for e in drafted.expander)
    assert "could not be judged again" in told  # the small store's own decisions have no standing
    assert drafted.get("plotly_chart")


def test_text_of_the_past_is_shown_as_text(place, drafted):
    assert not any("<b>Search</b>" in m.value for m in drafted.markdown)


def test_a_proven_tightening_is_published_by_who_wrote_it(place, drafted):
    assert "Proven tightening: you may publish it yourself." in shown(drafted)
    click(drafted, "publish")
    assert in_force(place).version == stored(place)[0].version
    assert in_force(place).guardrails.step_size.max_share == 20_000


def test_what_stops_the_proof_is_named(place):
    at = page("tom")
    box(at, WINDOW).set_value(3)
    click(at, "save")
    told = shown(at)
    assert "so a second person publishes it" in told
    assert (
        "not a proven tightening: “Movement in a window: Length of the window, days” is looser"
        in told
    )
    assert not any(b.key.startswith("publish") for b in at.button if b.key)


def test_a_draft_that_changes_nothing_past_says_so(place):
    acted(place)
    at = page("tom")
    box(at, WINDOW).set_value(3)
    click(at, "save")
    assert "Nothing would have gone another way." in shown(at)


def test_an_old_file_says_which_version_it_was_made_from_and_what_came_since(place):
    old = json.loads(stored(place)[0].body_json)
    at = page("tom")
    box(at, STEP).set_value(20.0)
    click(at, "save")
    click(at, "publish")
    now = in_force(place).version
    old["version"], old["guardrails"]["movement"]["window_days"] = 1, 14
    at.get("file_uploader")[0].set_value(
        ("policy.json", json.dumps(old).encode(), "application/json")
    )
    click(at, "policy-upload")
    told = shown(at)
    assert f"was made on v1; v{now} is in force now." in told
    assert f"v{now}: 1 change: 1 tighter (Size of one step)" in told
    click(at, "stands")
    assert "2 changes: 1 looser, 1 tighter" in shown(at)


def test_the_agencys_draft_has_no_dry_run_of_its_own(place):
    at = page("maya", layer="agency")
    box(at, STEP).set_value(15.0)
    click(at, "save")
    assert "judged again" not in shown(at)
