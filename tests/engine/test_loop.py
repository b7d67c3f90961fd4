"""The loop over the real adapter and the simulated market, over the wire."""

import pytest

from engine.commands import control, escalations
from engine.commands.people import person_scope
from engine.model.errors import TryLater
from engine.model.people import Scope
from engine.store import budgets, ledger, sources
from engine.store.decisions import Decision
from tests.engine import acts

UNIT = 1_000_000
KEY = "search-core"


def money(rows: list[Decision]) -> list[Decision]:
    return [d for d in rows if d.kind in {"set_budgets", "shift_budget"}]


def asked(small, kind="outside_edit"):
    found = escalations.open_for(small.house, Scope.operator())
    return [e for e in found if e.kind == kind]


def answer(small, question, how):
    scope = person_scope(small.house.store, "priya")
    known = {"client": small.client, "escalation_id": question.escalation_id}
    more = {"version": question.version, "reason": "Seen."}
    if how == "approve":
        more["fingerprint"] = question.fingerprint
    getattr(escalations, how)(small.house, scope, small.now(), **known, **more)


def test_after_a_tick_nothing_is_left_to_write_and_the_same_instant_again_changes_nothing(small):
    first = small.tick()
    assert first.state == "ok"
    assert first.changes > 0
    assert small.differences() == []
    writes, rows, seen = small.writes(), small.decided(), small.seen()
    again = small.tick()
    assert (again.changes, again.decisions, again.escalations) == (0, 0, 0)
    assert small.writes() == writes
    assert small.decided() == rows
    assert small.seen() == seen
    assert small.open_intents() == ()


@pytest.mark.parametrize("kind", ["applied_then_timeout", "dropped"])
def test_a_lost_answer_leaves_an_open_intent_that_the_next_tick_settles(small, kind):
    small.tick()
    small.days(1)
    small.order("d-raise", acts.budget(small.desired(), KEY, 3))
    before = small.daily(KEY)
    small.control.fault("Mutate", kind)
    first = small.tick()
    assert first.state == "late"
    assert [i.state for i in small.open_intents()] == ["unknown"]
    assert money(small.decided())[-1].state == "shipping"
    small.control.clear_faults()
    small.hours(1)
    assert small.tick().state == "ok"
    assert small.open_intents() == ()
    assert small.daily(KEY) == round(before * 1.03 / 10_000) * 10_000
    budgets = [w for w in small.writes() if w["kind"] == "campaign_budget" and w["by"] == "api"]
    assert len(budgets) == 1
    assert asked(small) == []
    assert small.differences() == []


@pytest.mark.parametrize("kind", ["applied_then_timeout", "dropped"])
def test_a_launch_whose_answer_is_lost_is_made_once(small, kind):
    small.tick()
    small.days(1)
    small.order("d-launch", acts.launch(small.desired()))
    small.control.fault("Mutate", kind, skip=1)
    small.tick()
    small.control.clear_faults()
    small.hours(1)
    small.tick()
    made = [c for c in small.seen().campaigns if c.campaign == "search-new"]
    assert [c.enabled for c in made] == [True]
    assert small.open_intents() == ()
    assert small.differences() == []


def test_a_late_source_is_shown_and_moves_no_money(small):
    small.tick()
    small.days(1)
    small.control.fault("SearchStream", "unavailable", times=50)
    small.control.fault("Search", "unavailable", times=50)
    result = small.tick()
    assert result.state == "late"
    assert "google_ads" in result.sentence.lower() or "google" in result.sentence.lower()
    with small.house.store.read() as conn:
        states = {s.source: s.state for s in sources.states(conn, small.client)}
    assert states["google_ads"] != "fresh"
    assert [d for d in small.decided() if d.account_day == small.now().date()] == []


def test_a_crm_that_cannot_be_read_makes_the_tick_late_and_holds_the_money(small):
    small.tick()
    small.days(1)

    class Silent:
        key = "crm"

        def deals(self, client, since, now):
            raise TryLater("The CRM does not answer; the next pass asks again.")

    house = small.house
    house.ways.deals["crm"] = Silent()
    result = small.tick()
    assert result.state == "late"
    assert "The CRM does not answer" in result.sentence
    assert money(small.decided()) == []


def test_a_market_that_dies_in_the_middle_of_a_tick_is_caught_up_with(small, monkeypatch):
    small.tick()
    small.days(1)
    small.order("d-raise", acts.budget(small.desired(), KEY, 3))
    platform = small.house.platforms["google_ads"]
    real = platform.snapshot
    calls = []

    def dies_after_the_write(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise TryLater("Google Ads does not answer (UNAVAILABLE); the next pass asks again.")
        return real(*arguments)

    monkeypatch.setattr(platform, "snapshot", dies_after_the_write)
    result = small.tick()
    assert result.state == "late"
    assert "does not answer" in result.sentence
    monkeypatch.undo()
    small.hours(1)
    small.tick()
    assert {d.decision_id: d.state for d in small.decided()}["d-raise"] == "applied"
    assert small.differences() == []


def test_an_edit_by_hand_is_escalated_once_and_not_fought(small):
    small.tick()
    small.days(1)
    small.edit(KEY, daily_micros=400 * UNIT)
    small.tick()
    small.hours(1)
    small.tick()
    (question,) = asked(small)
    assert question.cause == f"outside_edit:{KEY}"
    assert "400.00" in question.evidence_json
    assert small.daily(KEY) == 400 * UNIT
    touched = [
        d for d in small.decided() if KEY in d.action_json and d.account_day == small.now().date()
    ]
    assert touched == []


def test_approving_an_edit_makes_it_ours(small):
    small.tick()
    small.days(1)
    small.edit(KEY, daily_micros=260 * UNIT)
    small.tick()
    answer(small, asked(small)[0], "approve")
    small.hours(1)
    small.tick()
    assert small.desired()[KEY].daily_micros == 260 * UNIT
    with small.house.store.read() as conn:
        written = budgets.since(conn, small.client, small.now())
    assert [(w.campaign, w.after_micros) for w in written] == [(KEY, 260 * UNIT)]
    assert small.daily(KEY) == 260 * UNIT
    assert small.differences() == []
    assert asked(small) == []


def test_rejecting_an_edit_puts_ours_back_through_the_gate(small):
    small.tick()
    small.days(1)
    ours = small.daily(KEY)
    small.edit(KEY, daily_micros=ours + 5 * UNIT)
    small.tick()
    answer(small, asked(small)[0], "reject")
    small.hours(1)
    small.tick()
    assert small.daily(KEY) == ours
    assert small.differences() == []
    assert asked(small) == []
    small.days(1)
    small.edit(KEY, daily_micros=ours + 5 * UNIT)
    small.tick()
    assert len(asked(small)) == 1, "the same edit made again is a new question"


def test_an_edit_that_is_undone_withdraws_its_question(small):
    small.tick()
    small.days(1)
    ours = small.daily(KEY)
    small.edit(KEY, daily_micros=ours + 5 * UNIT)
    small.tick()
    small.edit(KEY, daily_micros=ours)
    small.hours(1)
    small.tick()
    assert asked(small) == []


def test_without_a_readable_policy_nothing_is_decided_and_the_sentence_says_so(small):
    small.tick()
    small.days(7)
    small.spoil_policy()
    writes = small.writes()
    result = small.tick()
    assert result.decisions == 0
    assert "policy" in result.sentence
    assert small.writes() == writes


def test_the_kill_switch_pauses_each_campaign_without_a_policy_and_says_which_failed(small):
    small.tick()
    small.spoil_policy()
    small.control.fault("Mutate", "dropped")
    scope = Scope.operator()
    report = control.pause(small.house, scope, small.now(), small.client)
    running = {c.campaign for c in small.seen().campaigns if c.enabled}
    assert len(report["failed"]) == 1
    assert {name.partition("/")[2] for name in report["verified"]} == {
        c.campaign for c in small.seen().campaigns if not c.enabled
    }
    assert len(running) == 1
    result = small.tick()
    assert result.state in {"paused", "late"}
    assert not any(c.enabled for c in small.seen().campaigns), "the next pass stops what still runs"
    again = control.pause(small.house, scope, small.now(), small.client)
    assert again["failed"] == []


def test_resuming_takes_a_senior_person_and_switches_on_what_should_run(small):
    small.tick()
    should_run = {k for k, c in small.desired().items() if c.enabled}
    control.pause(small.house, Scope.operator(), small.now(), small.client)
    assert not any(c.enabled for c in small.seen().campaigns)
    small.days(1)
    scope = person_scope(small.house.store, "priya")
    report = control.resume(small.house, scope, small.now(), small.client, "All clear.")
    assert report["failed"] == []
    assert {c.campaign for c in small.seen().campaigns if c.enabled} == should_run
    assert small.differences() == []
    small.tick()
    assert asked(small) == []


def test_the_ledger_of_a_client_holds_after_everything(small):
    small.tick()
    small.days(1)
    small.edit(KEY, daily_micros=260 * UNIT)
    small.tick()
    with small.house.store.read() as conn:
        assert ledger.verify(conn, small.client) is None


def test_an_ad_the_platform_rejects_is_asked_about_once_and_by_whom_the_policy_names(small):
    small.tick()
    small.days(1)
    variant = next(a.variant for c in small.seen().campaigns for _, a in c.ads() if a.variant)
    small.review(variant, approval_status="DISAPPROVED")
    small.tick()
    small.hours(1)
    small.tick()
    (question,) = asked(small, "rejected_ad")
    assert question.owner == "priya"
    assert f":{variant}:DISAPPROVED" in question.cause
    assert "disapproved" in question.evidence_json


def test_a_source_that_stays_silent_is_asked_about_once(small):
    small.tick()
    small.days(2)
    small.control.fault("SearchStream", "unavailable", times=500)
    small.tick()
    small.hours(2)
    small.tick()
    small.control.clear_faults()
    (question,) = asked(small, "stale_source")
    assert question.title == "google_ads is silent"
