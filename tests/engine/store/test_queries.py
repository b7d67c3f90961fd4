"""The small tables: what is kept is what is read."""

from datetime import date, timedelta

import pytest

from engine.model.accounts import Account
from engine.model.errors import BadInput, GiveUp
from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.model.standing import BudgetWrite
from engine.store import (
    budgets,
    clients,
    creative,
    decisions,
    meta,
    people,
    plans,
    policies,
    sources,
    ticks,
)
from engine.store.people import Person, Right

from .values import DAY, NASTY, NOW, a_client, a_decision

OPERATOR = Scope.operator()


def test_clients_and_accounts_come_back_as_text_whatever_they_are_called(store):
    account = Account("google_ads", NASTY, NASTY, "GBP", "Europe/London")

    def write(conn):
        clients.add_client(conn, a_client(NASTY, NASTY))
        clients.add_account(conn, NASTY, account)
        clients.set_paused(conn, NASTY, paused=True)
        clients.set_phase(conn, NASTY, "launch")

    store.write(write)
    with store.read() as conn:
        found = clients.client(conn, NASTY)
        assert clients.accounts(conn, NASTY) == [account]
    assert (found.name, found.paused, found.phase) == (NASTY, True, "launch")


def test_a_taken_client_id_and_an_unknown_client_are_refused(store):
    store.write(lambda conn: clients.add_client(conn, a_client()))
    with pytest.raises(BadInput, match="already"):
        store.write(lambda conn: clients.add_client(conn, a_client()))
    with store.read() as conn, pytest.raises(GiveUp, match="no client"):
        clients.client(conn, "nobody")


def test_people_keep_their_rights_until_these_are_taken(store):
    priya = Person("priya", NASTY, "strategist", "p@x")

    def write(conn):
        people.add_person(conn, priya, [Right("alder", "strategist", senior=True)])
        people.grant(conn, "priya", Right("northgate", "strategist"))
        people.grant(conn, "priya", Right("northgate", "strategist", senior=True))
        people.withdraw(conn, "priya", "alder")

    store.write(write)
    with store.read() as conn:
        assert people.people(conn) == [priya]
        assert people.rights(conn, "priya") == [Right("northgate", "strategist", senior=True)]
        assert people.rights(conn, "nora") == []
    store.write(lambda conn: people.revoke(conn, "priya", NOW, active=False))
    with store.read() as conn:
        found = people.person(conn, "priya")
        assert (found.revoked_before, found.active) == (NOW, False)
        with pytest.raises(GiveUp):
            people.person(conn, "nobody")


def test_one_policy_is_in_force_and_an_old_one_can_come_back(store):
    def write(conn):
        assert policies.current(conn, "northgate") is None
        for body in ("{1}", "{2}"):
            number = policies.save_draft(conn, "northgate", body, "maya", NOW)
            policies.publish(conn, "northgate", number, "priya", NOW)
        assert policies.save_draft(conn, "alder", "{}", "maya", NOW) == 1
        assert policies.current(conn, "northgate").version == 2
        policies.publish(conn, "northgate", 1, "tom", NOW + timedelta(hours=1))

    store.write(write)
    with store.read() as conn:
        current = policies.current(conn, "northgate")
        assert (current.version, current.body_json, current.published_by) == (1, "{1}", "tom")
        assert [p.state for p in policies.history(conn, "northgate")] == ["retired", "published"]
        assert policies.current(conn, "alder") is None
        assert policies.version(conn, "northgate", 2).body_json == "{2}"
    with pytest.raises(GiveUp, match="no version 9"):
        store.write(lambda conn: policies.publish(conn, "northgate", 9, "priya", NOW))
    with store.read() as conn:
        assert policies.current(conn, "northgate").version == 1


def test_a_month_has_one_approved_plan_and_one_that_waits(store):
    november = date(2026, 11, 1)

    def save(conn, key, status="waiting", month=november):
        plans.save(conn, "northgate", key, month=month, body_json="{}", status=status, now=NOW)

    def approve(conn, key):
        plans.set_status(conn, "northgate", key, "approved", person="priya", reason="r", now=NOW)

    def write(conn):
        save(conn, "p1")
        approve(conn, "p1")
        save(conn, "p2")
        save(conn, "p3")
        save(conn, "d1", month=date(2026, 12, 1))
        assert plans.current(conn, "northgate", DAY).plan_id == "p1"
        approve(conn, "p3")

    store.write(write)
    with store.read() as conn:
        assert plans.current(conn, "northgate", DAY).decided_by == "priya"
        statuses = {p.plan_id: p.status for p in plans.plans(conn, "northgate")}
        assert [p.plan_id for p in plans.waiting(conn, "northgate")] == ["d1"]
        assert plans.plans(conn, "alder") == []
    expected = {"p1": "superseded", "p2": "superseded", "p3": "approved", "d1": "waiting"}
    assert statuses == expected
    with pytest.raises(GiveUp, match="no plan"):
        store.write(lambda conn: approve(conn, "p9"))


def test_a_concept_saved_again_loses_its_approval(store):
    body = {"concept": "c", "channel": "youtube", "campaign": "v", "ad_group": "g"}

    def save(conn):
        creative.save_concept(conn, "northgate", **body, body_json=NASTY)

    store.write(save)
    approve = lambda conn: creative.approve_concept(conn, "northgate", "c", "priya", NOW)  # noqa: E731
    assert store.write(approve)
    with store.read() as conn:
        (found,) = creative.concepts(conn, "northgate")
    assert (found.approved_by, found.approved_at, found.body_json) == ("priya", NOW, NASTY)
    store.write(save)
    with store.read() as conn:
        assert creative.concepts(conn, "northgate")[0].approved_by is None
        assert not creative.approve_concept(conn, "alder", "c", "priya", NOW)


def test_a_variant_remembers_when_it_first_went_live(store):
    variant = creative.Variant("northgate", "v", "c", "s", "g", "{}", "allowed", "[]", "proposed")

    def write(conn):
        creative.save_variant(conn, variant)
        for hours, state in enumerate(("live", "paused", "live")):
            at = NOW + timedelta(hours=hours)
            creative.set_variant_state(conn, "northgate", "v", state, at)

    store.write(write)
    with store.read() as conn:
        (found,) = creative.variants(conn, "northgate")
        assert creative.variants(conn, "alder") == []
    assert (found.state, found.shipped_at) == ("live", NOW)


def test_decisions_wait_in_order_and_leave_when_they_are_done(store):
    batch = [
        a_decision(key="n-2", at=NOW + timedelta(hours=1), state="shipping"),
        a_decision(key="n-1", sentence=NASTY),
        a_decision(key="n-3", verdict="blocked", state="proposed"),
        a_decision(key="n-4", verdict="escalated", state="proposed"),
    ]

    def write(conn):
        decisions.record(conn, "northgate", batch)
        decisions.record(conn, "alder", [])
        assert [d.decision_id for d in decisions.to_apply(conn, "northgate")] == ["n-1", "n-2"]
        decisions.set_state(conn, "northgate", "n-1", "applied", now=NOW, receipt_json="{}")
        assert decisions.approve(conn, "northgate", "n-4", '{"a":1}')
        assert not decisions.approve(conn, "northgate", "n-3", "{}")

    store.write(write)
    with store.read() as conn:
        done = decisions.get(conn, "northgate", "n-1")
        assert (done.state, done.applied_at, done.receipt_json) == ("applied", NOW, "{}")
        assert done.sentence == NASTY
        waiting = {d.decision_id: d.approval_json for d in decisions.to_apply(conn, "northgate")}
        assert waiting == {"n-2": None, "n-4": '{"a":1}'}
        assert len(decisions.on_day(conn, "northgate", DAY)) == 4
        assert decisions.on_day(conn, "northgate", DAY - timedelta(days=1)) == []
        assert len(decisions.between(conn, "northgate", DAY, DAY)) == 4
        assert decisions.recent(conn, "northgate", 1)[0].decision_id == "n-2"
        assert decisions.recent(conn, "alder") == []


def test_a_decision_of_another_client_is_not_stored_and_an_unknown_one_not_changed(store):
    with pytest.raises(GiveUp, match="another client"):
        store.write(lambda conn: decisions.record(conn, "alder", [a_decision()]))
    with pytest.raises(GiveUp, match="no decision"):
        store.write(lambda conn: decisions.set_state(conn, "northgate", "x", "voided", now=NOW))


def test_budget_writes_tell_the_last_of_the_month_and_the_highest_of_the_day(store):
    def wrote(before, after, day=DAY, hours=0, campaign="s"):
        at = NOW + timedelta(hours=hours)
        return BudgetWrite(campaign, "google_search", day, before, after, 1000, at)

    old = wrote(1, 2, date(2026, 10, 31), -300)
    day = [wrote(9, 5), wrote(5, 7, hours=1)]
    store.write(lambda conn: budgets.record(conn, "northgate", [old, *day]))
    store.write(lambda conn: budgets.record(conn, "alder", [wrote(0, 99)]))
    with store.read() as conn:
        assert budgets.since(conn, "northgate", NOW) == day
        assert budgets.this_month(conn, "northgate", date(2026, 11, 1)) == {"s": day[1]}
        assert budgets.highest_on(conn, "northgate", DAY) == {"s": 9}
        assert budgets.highest_on(conn, "northgate", DAY + timedelta(days=1)) == {}


def test_a_failed_source_keeps_the_instant_it_was_last_whole(store):
    def write(conn):
        fresh = SourceState("google_ads", NOW, "fresh", "ok")
        sources.set_state(conn, "northgate", fresh, NOW)
        failed = SourceState("google_ads", None, "failed", NASTY, timedelta(minutes=5))
        sources.set_state(conn, "northgate", failed, NOW)
        sources.set_bookmark(conn, "northgate", "hubspot", "17")

    store.write(write)
    with store.read() as conn:
        (found,) = sources.states(conn, "northgate")
        assert found == SourceState("google_ads", NOW, "failed", NASTY, timedelta(minutes=5))
        assert sources.late([found]) == {"google_ads"}
        assert sources.bookmark(conn, "northgate", "hubspot") == "17"
        assert sources.bookmark(conn, "alder", "hubspot") == ""
        assert sources.marks(conn, "northgate") == {"hubspot": "17"}
        assert sources.states(conn, "alder") == []


def test_ticks_are_counted_per_client_and_told_to_those_who_may_see(store):
    ends = {"sentence": "ok", "changes": 1, "decisions": 2, "escalations": 3, "seconds": 0.5}

    def write(conn):
        assert ticks.start(conn, "northgate", NOW) == "northgate-000001"
        assert ticks.start(conn, "alder", NOW) == "alder-000001"
        second = ticks.start(conn, "northgate", NOW + timedelta(hours=1))
        ticks.finish(conn, "northgate", second, state="late", now=NOW, **ends)

    store.write(write)
    with store.read() as conn:
        last = ticks.last(conn, "northgate")
        assert (last.state, last.decisions, last.finished_at) == ("late", 2, NOW)
        assert [t.client for t in ticks.recent(conn, Scope.worker("alder"))] == ["alder"]
        assert len(ticks.recent(conn, OPERATOR)) == 3
        assert ticks.last(conn, "nobody") is None


def test_a_job_keeps_its_last_run(store):
    def write(conn):
        for state in ("ok", "failed"):
            ticks.job_run(conn, "tick", client="alder", last_at=NOW, next_at=None, state=state)
        ticks.job_run(conn, "backup", last_at=NOW, next_at=NOW, state="ok", sentence=NASTY)

    store.write(write)
    with store.read() as conn:
        runs = [(j.client, j.name, j.state) for j in ticks.job_runs(conn, OPERATOR)]
        assert ticks.job_runs(conn, Scope.worker("northgate")) == []
    assert runs == [("", "backup", "ok"), ("alder", "tick", "failed")]


def test_what_the_store_knows_of_itself_can_be_forgotten(store):
    store.write(lambda conn: meta.put(conn, "paused_all", "1"))
    store.write(lambda conn: meta.drop(conn, "paused_all"))
    with store.read() as conn:
        assert meta.get(conn, "paused_all") is None
