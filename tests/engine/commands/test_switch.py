"""The kill switch of two clients on a platform in memory: its reach, and what resuming may not do."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from engine.commands import control, escalations
from engine.commands.house import House, Ways
from engine.commands.people import add_person, person_scope
from engine.model.errors import AskPerson, BadInput, TryLater
from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import clients, ledger, people, policies, sources
from engine.store import desired as desired_table
from engine.store.clients import Client
from engine.store.intents import StoredIntents
from engine.store.register import StoredRegister
from policies.reading import policy_text
from tests import strategies
from tests.engine.execution import shelf
from tests.engine.execution.memory import ACCOUNT, MemoryPlatform
from tests.engine.execution.shelf import NOW, UNIT, actual, wanted

A, B = strategies.CLIENT, "bbb"
OPERATOR = Scope.operator()
LATER = NOW + timedelta(hours=1)


class TwoAccounts(MemoryPlatform):
    """Account "2" holds nothing; ``away`` names an account that cannot be read."""

    away = ""

    def snapshot(self, client, account, now):
        if account.account == self.away:
            raise TryLater("The platform does not answer.")
        seen = super().snapshot(client, account, now)
        return seen if account.account == ACCOUNT.account else replace(seen, campaigns=())


def opened(store, key, account):
    row = Client(
        client=key,
        name=key.upper(),
        sector="services",
        currency="GBP",
        time_zone="Europe/London",
        phase="closed_loop",
        primary_action="call",
        paused=False,
        opened_on=date(2026, 9, 1),
    )
    policy = strategies.policy().model_copy(update={"client": key})

    def write(conn):
        clients.add_client(conn, row)
        clients.add_account(conn, key, account)
        version = policies.save_draft(conn, key, policy_text(policy, ".json"), "tom", NOW)
        policies.publish(conn, key, version, "priya", NOW)
        sources.set_state(conn, key, SourceState("google_ads", NOW, "fresh", "ok"), NOW)

    store.write(write)


@pytest.fixture
def market():
    return TwoAccounts({"s1": actual("s1", 300)})


@pytest.fixture
def house(temp_store, market):
    opened(temp_store, A, ACCOUNT)
    opened(temp_store, B, replace(ACCOUNT, account="2"))
    temp_store.write(lambda conn: desired_table.save(conn, A, [wanted("s1", 300)]))
    clock = SimpleNamespace(now=lambda: NOW)
    found = House(
        temp_store, clock, None, lambda path: (), lambda: Ways({"google_ads": market}, {})
    )
    add = {
        "priya": [(A, "strategist", True)],
        "both": [(A, "strategist", True), (B, "strategist", False)],
        "mix": [(A, "strategist", True), (B, "client", False)],
    }
    for person, rights in add.items():
        add_person(found, OPERATOR, NOW, person=person, name=person.title(), rights=rights)
    return found


def scope(house, person="priya"):
    return person_scope(house.store, person)


def held(house, key):
    with house.store.read() as conn:
        return clients.client(conn, key).paused or control.held_by_operator(house)


def lines(house, key, kind):
    with house.store.read() as conn:
        return [e.sentence for e in ledger.entries(conn, OPERATOR, key) if e.kind == kind]


def test_a_resume_takes_a_reason(house):
    control.pause(house, scope(house), NOW, A)
    with pytest.raises(BadInput, match="reason"):
        control.resume(house, scope(house), LATER, A, "  ")
    assert held(house, A)


def test_what_the_switch_paused_runs_again_with_its_reason_in_the_ledger(house, market):
    control.pause(house, scope(house), NOW, A)
    assert not market.campaigns["s1"].enabled
    report = control.resume(house, scope(house), LATER, A, "All clear.")
    assert report["failed"] == []
    assert market.campaigns["s1"].enabled
    assert any("Campaign s1" in s and "All clear." in s for s in lines(house, A, "resume"))


def test_a_budget_changed_while_paused_is_never_switched_on(house, market):
    control.pause(house, scope(house), NOW, A)
    market.campaigns["s1"] = replace(market.campaigns["s1"], daily_micros=5000 * UNIT)
    report = control.resume(house, scope(house), LATER, A, "Go on.")
    assert not market.campaigns["s1"].enabled
    assert "5000.00" in report["failed"][0]
    assert "300" in report["failed"][0]
    assert any("stayed paused" in s for s in lines(house, A, "resume"))


def test_a_campaign_a_person_paused_before_the_switch_stays_paused(house, market):
    market.campaigns["s1"] = replace(market.campaigns["s1"], enabled=False)
    control.pause(house, scope(house), NOW, A)
    report = control.resume(house, scope(house), LATER, A, "Go on.")
    assert not market.campaigns["s1"].enabled
    assert "not the switch" in report["failed"][0]


def test_a_switch_of_long_ago_does_not_excuse_a_pause_by_hand(house, market):
    control.pause(house, scope(house), NOW, A)
    control.resume(house, scope(house), NOW, A, "Go on.")
    market.campaigns["s1"] = replace(market.campaigns["s1"], enabled=False)
    control.pause(house, scope(house), NOW, A)
    control.resume(house, scope(house), NOW, A, "Go on.")
    assert not market.campaigns["s1"].enabled


def test_a_client_whose_account_cannot_be_read_stays_held(house, market):
    control.pause(house, scope(house), NOW, A)
    market.away = ACCOUNT.account
    report = control.resume(house, scope(house), LATER, A, "Go on.")
    assert "does not answer" in report["failed"][0]
    assert held(house, A)


def test_a_second_account_that_is_away_never_holds_up_a_stop(house, market):
    house.store.write(lambda conn: clients.add_account(conn, A, replace(ACCOUNT, account="2")))
    market.away = "2"
    report = control.pause(house, scope(house), NOW, A)
    assert not market.campaigns["s1"].enabled
    assert report["verified"] == [f"{A}/s1"]
    assert "account 2" in report["failed"][0]


@pytest.mark.parametrize("kind", ["pause", "enable"])
def test_a_write_cut_off_by_a_crash_does_not_hold_up_a_stop(house, market, kind):
    from engine.execution.diff import changes

    goal = wanted("s1", 300, enabled=kind == "enable")
    seen = shelf.snapshot(actual("s1", 300, enabled=kind != "enable"))
    log = StoredIntents(house.store)
    log.open(A, ACCOUNT.account, "D-1", changes({"s1": goal}, seen), NOW)
    report = control.pause(house, scope(house), LATER, A)
    assert report["failed"] == []
    assert not market.campaigns["s1"].enabled
    assert log.unresolved(A) == ()


def test_pausing_everything_stays_within_the_reach_of_a_person(house):
    control.pause(house, scope(house), NOW, None)
    assert held(house, A)
    assert not held(house, B)


def test_the_operator_holds_the_whole_house_and_each_ledger_says_so(house):
    control.pause(house, OPERATOR, NOW, None)
    assert control.held_by_operator(house)
    assert all(lines(house, key, "pause") for key in (A, B))


def test_nobody_but_the_operator_lifts_the_hold_of_the_whole_house(house):
    control.pause(house, OPERATOR, NOW, None)
    for client in (A, None):
        with pytest.raises(AskPerson, match="resume --all"):
            control.resume(house, scope(house), LATER, client, "Go on.")
    assert control.held_by_operator(house)
    control.resume(house, OPERATOR, LATER, None, "Repaired.")
    assert not control.held_by_operator(house)
    assert held(house, B), "each client's own switch stays thrown"
    assert any("Repaired." in s for s in lines(house, B, "resume"))


@pytest.mark.parametrize(("verb", "why"), [(control.pause, ()), (control.resume, ("Why.",))])
def test_somebody_without_a_client_throws_no_switch(house, verb, why):
    nobody = Scope("x", "X", "strategist", frozenset())
    with pytest.raises(AskPerson, match="This takes"):
        verb(house, nobody, NOW, None, *why)
    assert not held(house, A)


def test_resuming_all_leaves_the_clients_one_is_not_senior_for_and_names_them(house):
    control.pause(house, scope(house, "both"), NOW, None)
    report = control.resume(house, scope(house, "both"), LATER, None, "Go on.")
    assert not held(house, A)
    assert held(house, B)
    assert report["failed"] == [f"{B}: Resuming BBB takes a senior right for it."]


def test_an_unknown_client_is_refused(house):
    with pytest.raises(BadInput, match="no client 'nobody'"):
        control.pause(house, OPERATOR, NOW, "nobody")


def test_the_operator_approves_nothing_only_what_the_gate_allows_runs(house, market):
    control.pause(house, OPERATOR, NOW, A)
    house.store.write(lambda conn: clients.set_phase(conn, A, "configure"))
    report = control.resume(house, OPERATOR, LATER, A, "Go on.")
    assert not market.campaigns["s1"].enabled
    assert "approve" in report["failed"][0]
    assert not held(house, A)


def test_a_role_counts_for_its_own_client_only(house):
    mix = scope(house, "mix")
    told = {"version": 1, "reason": "No.", "escalation_id": "E-1"}
    with pytest.raises(BadInput, match="no escalation"):
        escalations.reject(house, mix, NOW, client=A, **told)
    with pytest.raises(AskPerson, match="you are client"):
        escalations.reject(house, mix, NOW, client=B, **told)
    control.pause(house, mix, NOW, None)
    assert not held(house, B)


def test_an_approval_ends_with_the_right_of_the_person_who_gave_it(house):
    from tests.engine.small import order

    order(house, A, NOW, "D-1", shelf.budgets(("s1", 300, 310)))
    with house.store.read() as conn:
        who = clients.client(conn, A)
    register = StoredRegister(house.store, who, NOW)
    assert register.orders()[0].approval is not None
    house.store.write(lambda conn: people.grant(conn, "priya", people.Right(A, "strategist")))
    assert register.orders()[0].approval is None
