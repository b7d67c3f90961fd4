"""The life of questions on a real store, the clock moved at will: weekends, absences, nights the clocks change."""

import itertools
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from engine.commands import calendars, clocks, escalations, tending
from engine.commands.house import House
from engine.commands.people import person_scope
from engine.commands.tending import Place
from engine.model.errors import AskPerson, BadInput
from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.model.working_hours import office
from engine.platforms import files
from engine.store import Store, asking, clients, ledger, people
from engine.store import calendars as calendar_table
from engine.store import escalations as table
from engine.store.clients import Client
from engine.store.connect import connect
from engine.store.escalations import Escalation

NUMBERS = itertools.count(1)
CAUSES = ("spend_anomaly:youtube:2026-W45", "attribution_mismatch:meta:2026-11", "stale_source:crm")
STARTS = (
    datetime(2026, 3, 26, 15, tzinfo=UTC),  # before the clocks go forward
    datetime(2026, 10, 23, 15, tzinfo=UTC),  # before they go back
    datetime(2026, 11, 6, 17, 30, tzinfo=UTC),  # a Friday afternoon
)
LATER, TENDED, ANSWERED = ("defer", "snooze"), ("acknowledge", "reassign"), ("approve", "reject")
VERBS = (*LATER, *TENDED, *ANSWERED)
STEPS = st.one_of(
    st.integers(1, 600).map(lambda m: timedelta(minutes=m)),
    st.integers(1, 12).map(lambda d: timedelta(days=d)),
)


WHO, PICK = st.integers(0, 2), st.integers(0, 5)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One store; every example has a client and people of its own in it."""
    store = Store(connect(f"duckdb:///{tmp_path_factory.mktemp('life') / 'store.duckdb'}"))
    Life.store = store
    yield store
    store.close()


class Life(RuleBasedStateMachine):
    store: Store

    @initialize(
        start=st.sampled_from(STARTS), zone=st.sampled_from(["Europe/London", "America/New_York"])
    )
    def opens(self, start, zone):
        n = next(NUMBERS)
        self.client, self.now, self.zone = f"c{n}", start, zone
        self.people = [f"ann{n}", f"bob{n}", f"cat{n}"]
        self.house = House(self.store, None, None, None, None, files.known_formats)
        self.said: dict[str, str] = {}  # what people answered, by question
        self.opened: set[str] = set()
        who = Client(
            self.client, "Acme", "services", "GBP", zone, "launch", "call", False, date(2026, 1, 1)
        )

        def write(conn):
            clients.add_client(conn, who)
            for key in self.people:
                rights = [people.Right(self.client, "strategist", senior=True)]
                people.add_person(conn, people.Person(key, key.title(), "strategist"), rights)

        self.store.write(write)
        for number, cause in enumerate(CAUSES):
            self._ask(cause, 4 + 9 * number, self.people[number], self.people[number - 1])

    def undecided(self):
        with self.store.read() as conn:
            return table.undecided(conn, self.client)

    def every(self):
        with self.store.read() as conn:
            return table.all_for(conn, Scope.worker(self.client))

    @rule(cause=st.sampled_from(CAUSES), hours=st.integers(1, 30), pair=st.permutations([0, 1, 2]))
    def ask(self, cause, hours, pair):
        self._ask(cause, hours, self.people[pair[0]], self.people[pair[1]])

    def _ask(self, cause, hours, owner, backup):
        def write(conn):
            rota = calendar_table.rota(conn, self.client)
            asked = rota.asked(owner, backup, self.now)
            return table.open_or_add(
                conn,
                Escalation(
                    client=self.client,
                    cause=cause,
                    kind="spend_anomaly",
                    title="Why?",
                    what="Something.",
                    owner=owner,
                    backup=backup,
                    opened_at=self.now,
                    due_at=rota.due(asked, self.now, hours),
                    asked=asked,
                    safe="hold",
                    sla_hours=float(hours),
                    clock_from=self.now,
                ),
            )

        ref, new = self.store.write(write)
        assert new == (ref not in self.opened)
        self.opened.add(ref)

    @rule(step=STEPS, missed=st.integers(0, 3))
    def time_passes(self, step, missed):
        """And a pass looks at what is due, unless it was missed."""
        self.now += step
        if missed:
            self._pass()

    @rule()
    def a_pass(self):
        self._pass()

    def _pass(self):
        before = {e.escalation_id: e for e in self.undecided()}
        clocks.run_out(self.house, self.client, self.now)
        for one in self.every():
            was = before.get(one.escalation_id)
            if was is not None:
                self._by_time_alone(was, one)
        once = self.every()
        clocks.run_out(self.house, self.client, self.now)
        assert self.every() == once  # doing it twice is doing it once

    def _by_time_alone(self, was, now):
        assert now.status in UNDECIDED
        if was.status == "deferred":
            assert now.status == ("open" if was.deferred_until <= self.now else "deferred")
            if now.status == "open":
                assert now.due_at > self.now
            return
        assert (now.due_at <= self.now) == (now.breached_due == now.due_at)
        if was.status == "snoozed" and was.snoozed_until > self.now:
            assert now.status == "snoozed" or now.due_at <= self.now
        if now.status == "snoozed":
            assert now.snoozed_until > self.now
            assert now.due_at > self.now

    @rule(who=WHO, verb=st.sampled_from(LATER), pick=PICK, minutes=st.integers(1, 9_000))
    def puts_off(self, who, verb, pick, minutes):
        self._acts(who, verb, pick, minutes)

    @rule(who=WHO, verb=st.sampled_from(TENDED), pick=PICK)
    def tends(self, who, verb, pick):
        self._acts(who, verb, pick, who + pick)

    @rule(who=WHO, verb=st.sampled_from(ANSWERED), pick=PICK)
    def answers(self, who, verb, pick):
        self._acts(who, verb, pick, 1)

    def _acts(self, who, verb, pick, minutes):
        waiting = self.undecided()
        if waiting:
            one = waiting[pick % len(waiting)]
            self._do(self.people[who], verb, one, one.version, minutes)

    @rule(first=st.sampled_from(VERBS), second=st.sampled_from(VERBS), pick=st.integers(0, 5))
    def two_at_once(self, first, second, pick):
        waiting = self.undecided()
        if not waiting:
            return
        one = waiting[pick % len(waiting)]
        if self._do(self.people[0], first, one, one.version, 30):
            with pytest.raises(AskPerson, match=r"Already|changed while"):
                self._verb(self.people[1], second, one, one.version, 30)

    @rule(who=st.integers(0, 2), days=st.integers(0, 6), length=st.integers(0, 9))
    def goes_away(self, who, days, length):
        first = self.now.date() + timedelta(days=days)
        away = {"first": first, "last": first + timedelta(days=length)}
        mine = {**office(self.zone).model_dump(), "absences": (away,)}
        person = self.people[who]
        calendars.keep(self.house, person_scope(self.store, person), self.now, person, mine)

    def _do(self, person, verb, one, version, minutes) -> bool:
        try:
            self._verb(person, verb, one, version, minutes)
        except BadInput:
            return False
        if verb in {"approve", "reject"}:
            self.said[one.escalation_id] = "approved" if verb == "approve" else "rejected"
        return True

    def _verb(self, person, verb, one, version, minutes):
        scope, until = person_scope(self.store, person), self.now + timedelta(minutes=minutes)
        place = Place(self.client, one.escalation_id, version)
        named = {"client": self.client, "escalation_id": one.escalation_id, "version": version}
        act, why = (self.house, scope, self.now), {"reason": "Because."}
        match verb:
            case "approve":
                escalations.approve(*act, **named, fingerprint=one.fingerprint, **why)
            case "reject":
                escalations.reject(*act, **named, **why)
            case "defer":
                escalations.defer(*act, **named, until=until, **why)
            case "acknowledge":
                tending.acknowledge(*act, place)
            case "snooze":
                tending.snooze(*act, place, until=until, **why)
            case "reassign":
                tending.reassign(*act, place, to=self.people[minutes % 3], **why)

    @invariant()
    def nothing_is_approved_by_time_and_nothing_is_lost(self):
        if not hasattr(self, "client"):
            return
        found = self.every()
        assert {e.escalation_id for e in found} == self.opened
        for one in found:
            ended = self.said.get(one.escalation_id)
            assert one.status == ended if ended else one.status in UNDECIDED
        causes = [e.cause for e in found if e.status in UNDECIDED]
        assert len(causes) == len(set(causes))

    def teardown(self):
        """At the end of each walk: every deadline was dealt with once, and told to the right people once."""
        if not hasattr(self, "client"):
            return
        with self.store.read() as conn:
            lines = ledger.entries(conn, Scope.operator(), self.client, limit=1000)
            calls = asking.pings(conn, self.client)
        late = [
            (line.ref, json.loads(line.detail_json)["due_at"])
            for line in lines
            if line.kind == "escalation_breached"
        ]
        assert len(late) == len(set(late))
        assert {c.escalation_id for c in calls if c.why == "breach"} == {ref for ref, _ in late}


def test_no_timeout_approves_none_is_lost_none_returns_early_and_one_person_wins(shared):
    slow = [HealthCheck.too_slow]
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=slow
        ),
    )
