"""The strategist's first page, composed: the loop's word, the lead, what happened, each client's word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.outcomes import SourceState
from engine.reporting.client.targets import NOTHING
from engine.reporting.client.view import performance
from engine.reporting.home.away import sums
from engine.reporting.home.clients import client_card
from engine.reporting.home.facts import Draft, Facts, Happened, Pass, WaitingPlan
from engine.reporting.home.loop import loop
from engine.reporting.home.read import away_since
from engine.reporting.home.view import home
from engine.reporting.inbox.due import left
from engine.reporting.inbox.queue import Item, Queue
from engine.store.ticks import JobRun
from policies.money import MICROS
from tests.engine.reporting.made import NOW, TODAY, material

ZONE = "Europe/London"
HOUR = timedelta(hours=1)
NORTH = Pass("northgate", "Northgate", ZONE, "GBP", False, NOW - HOUR, "ok", "")
ALDER = replace(NORTH, client="alder", name="Alder", currency="USD")


def facts(**other):
    made = Facts(
        passes=(NORTH, ALDER),
        jobs=(JobRun("", "pull northgate", NOW, NOW + HOUR, "ok", ""),),
        demo=False,
        paused_all=False,
        since=NOW - 24 * HOUR,
        happened=(),
        moved=(),
        queue=Queue((), 0, 0, None, "UTC"),
        plans=(),
        concepts=(),
        drafts=(),
        sources=(),
    )
    return replace(made, **other)


def item(ref="E-1", due=2 * HOUR, status="open", back=None):
    return Item(
        client="northgate",
        client_name="Northgate",
        zone=ZONE,
        ref=ref,
        kind="bound",
        title="Raise it?",
        owner="Priya",
        mine=True,
        status=status,
        due_at=NOW + due,
        back_at=back,
    )


def asked(*items):
    return facts(queue=Queue(tuple(items), len(items), len(items), None, ZONE))


@pytest.mark.parametrize(
    ("change", "word", "told"),
    [
        ({}, "on time", "last pass 08:40, next pass 10:40 · on time"),
        ({"jobs": ()}, "on time", "clock is not running"),
        ({"passes": (replace(NORTH, at=NOW - 3 * HOUR),)}, "late", "late"),
        ({"passes": (replace(NORTH, state="failed", sentence="No."),)}, "failed", "failed"),
        ({"paused_all": True}, "paused", "no change is sent · paused"),
        ({"passes": (replace(NORTH, paused=True),)}, "paused", "paused"),
        ({"passes": (replace(NORTH, at=None, state=""),)}, "not started", "no pass yet"),
        (
            {"jobs": (JobRun("", "demo-hour", NOW, NOW, "ok", "Halted: 14 days."),), "demo": True},
            "halted",
            "halted",
        ),
        (
            {"jobs": (JobRun("", "demo-hour", NOW, NOW, "ok", ""),), "demo": True},
            "on time",
            "10:40",
        ),
    ],
)
def test_the_loop_is_told_in_one_word_and_when_it_is_back(change, word, told):
    found = loop(facts(**change), NOW, ZONE)
    assert found.word == word
    assert told in found.line


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        (facts(), "Nothing needs you now."),
        (asked(item()), "One decision needs you, the first by 11:40."),
        (asked(item(), item("E-2", 3 * HOUR)), "Two decisions need you, the first by 11:40."),
        (asked(item(due=-HOUR), item("E-2")), "Two decisions need you, 1 past its due time."),
        (asked(item(due=-HOUR)), "One decision needs you, past its due time."),
        (asked(item(status="deferred", back=NOW + HOUR)), "Nothing needs you now."),
        (facts(concepts=(("alder", 2),)), "No question is open; 1 thing waits for your review."),
        (facts(passes=()), "Nothing needs you now."),
    ],
)
def test_the_lead_answers_what_needs_me(given, lead):
    assert home(given, NOW, ZONE).lead == lead


def test_trouble_of_the_loop_comes_before_everything_else():
    found = home(facts(passes=(replace(NORTH, state="failed", sentence="No answer."),)), NOW, ZONE)
    assert found.lead.startswith("The last pass of Northgate failed; the engine room")
    assert "No answer" not in found.lead  # words for those who mend it


def test_what_somebody_put_off_counts_as_asleep_and_not_as_open():
    found = home(asked(item(), item("E-2", status="deferred", back=NOW + HOUR)), NOW, ZONE)
    assert [i.ref for i in found.needs] == ["E-1"]
    assert found.asleep == 1
    assert found.questions == {"northgate": 1, "alder": 0}


def test_reviews_are_plans_then_concepts_then_drafts_and_name_their_client():
    given = facts(
        plans=(WaitingPlan("alder", "P-1", date(2026, 12, 1), None),),
        concepts=(("northgate", 2),),
        drafts=(Draft("alder", 3, "Tom", own=True),),
    )
    found = home(given, NOW, ZONE).reviews
    assert [r.title for r in found] == [
        "December plan · Alder",
        "2 concepts · Northgate",
        "Guardrails draft v3 · Alder",
    ]
    assert "cannot be read" in found[0].line
    assert "second person" in found[2].line
    assert len({r.key for r in found}) == 3


def test_sources_that_are_not_fresh_are_named_with_their_client_and_age():
    given = facts(
        sources=(
            ("northgate", SourceState("google_ads", NOW, "fresh", "")),
            ("alder", SourceState("crm", None, "failed", "Refused our token.")),
        )
    )
    found = home(given, NOW, ZONE)
    assert (found.fresh, found.sources) == (1, 2)
    assert found.troubled[0].name == "CRM, Alder"
    assert found.troubled[0].line == "Not read yet. Refused our token."


ACTS = st.sampled_from(["set_budgets", "shift_budget", "ship_variant", "pause_variant", ""])
KINDS = st.sampled_from(["carried_out", "escalation_opened", "decision_blocked", "voided", "other"])
LINES = st.builds(
    Happened,
    st.sampled_from(["northgate", "alder"]),
    KINDS,
    ACTS,
    st.sampled_from(["applied", "rejected", "proposed"]),
    st.integers(1, 50),
)


@given(st.lists(LINES, max_size=20))
def test_the_sums_of_the_clients_are_the_sum_of_all(lines):
    whole = sums(lines)
    parts = [sums([x for x in lines if x.client == c]) for c in ("northgate", "alder")]
    for name in ("done", "questions", "blocked", "undone"):
        assert getattr(whole, name) == sum(getattr(p, name) for p in parts)
    assert bool(whole.words) == (whole.done + whole.questions + whole.blocked + whole.undone > 0)


@given(st.one_of(st.none(), st.integers(0, 1000)))
def test_away_reaches_back_a_day_at_least_and_to_the_last_decision_if_that_is_longer(hours):
    said = None if hours is None else NOW - hours * HOUR
    found = away_since(said, NOW)
    assert NOW - found >= 24 * HOUR
    assert said is None or found <= said


def view(**other):
    days = [TODAY - timedelta(days=n) for n in range(13)]
    made = {
        "spend": [(d, "google_search", 100) for d in days],
        "actions": [(d, 2) for d in days],
        "won": [(d, 1, 500) for d in days],
        "targets": {**NOTHING, "cac_micros": 150 * MICROS},
        "plan_month_micros": 3_000 * MICROS,
    }
    return performance(material(**(made | other)), NOW, "month")


@pytest.mark.parametrize(
    ("change", "word", "why"),
    [
        ({}, "On course", "2 questions open"),
        ({"targets": {**NOTHING, "cac_micros": 90 * MICROS}}, "Watch", "£10 over target"),
        ({"plan_month_micros": 1_000 * MICROS}, "Watch", "past its plan"),
        (
            {"sources": [{"source": "crm", "state": "late", "as_of": None, "sentence": ""}]},
            "Doubtful data",
            "CRM late; no money moves on it",
        ),
        ({"spend": [], "actions": [], "won": []}, "No figures yet", "first read"),
    ],
)
def test_a_clients_word_is_the_gravest_that_is_true(change, word, why):
    card = client_card(view(**change), 2)
    assert card.word == word
    assert why in card.why


def test_a_clients_card_tells_cost_and_target_with_their_currency():
    card = client_card(view(), 0)
    assert card.cost == "Cost per consultation **£50**"
    assert card.won == "Per deal won **£100**, target £150"
    assert "of £3,000" in card.spend
    assert card.why == "Nothing open"


def test_a_card_without_plan_or_target_says_so():
    card = client_card(view(plan_month_micros=None, targets=NOTHING), 0)
    assert card.plan_micros is None
    assert "no plan approved" in card.spend
    assert "no target published" in card.won


@given(st.integers(-500, 500), st.sampled_from(["open", "deferred", "waiting", "approved"]))
def test_the_less_time_is_left_the_louder_its_tone(hours, status):
    now = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)
    found = left(status, now + hours * HOUR, None, ZONE, now)
    if status == "approved":
        assert found.tone == "gray"
    elif hours < 2:
        assert found.tone == "red"
    else:
        assert found.tone in {"orange", "gray"}
    assert found.short
    assert found.full
