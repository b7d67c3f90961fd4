"""What people of a client are to be told: read from what is true, each thing under a key of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from engine.model import pings
from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.model.pings import About, Message, Wishes
from engine.model.time import account_day
from engine.store import asking, calendars, escalations, people, plans, policies, post
from engine.store.asking import Ping
from engine.store.clients import Client
from engine.store.escalations import Escalation

TOLD_FOR = timedelta(days=2)
"""How long after it somebody is told what another person decided."""


def wishes_of(conn: Any, person: str, client_zone: str) -> Wishes:
    """When a person wants to be told, on their own clock; the client's while they wrote no calendar."""
    calendar = calendars.of(conn, person)
    return post.wishes(conn, person, calendar.time_zone if calendar else client_zone)


def told_for(conn: Any, client: str, person: str, backup: str = "") -> tuple[str, ...]:
    """Who is told what is addressed to a person.

    That is the person; once they cannot be called the backup, else every senior strategist, else the admins. Empty:
    nobody of the house is left to tell.
    """
    there = policies.callable_people(conn, client)
    for one in (person, backup):
        if one in there:
            return (one,)
    seniors = tuple(sorted(set(policies.seniors(conn, client)) & there))
    return seniors or tuple(sorted(policies.admins(conn, client) & there))


@dataclass(frozen=True)
class Reader:
    """What there is to tell about one client, read in one go."""

    conn: Any
    who: Client
    now: datetime
    known: dict[str, Wishes] = field(default_factory=dict)

    def _wishes(self, person: str) -> Wishes:
        """When a person wants to be told; looked up once."""
        if person not in self.known:
            self.known[person] = wishes_of(self.conn, person, self.who.time_zone)
        return self.known[person]

    def everything(self) -> Iterator[Message]:
        """All of it, each with who is told and when."""
        calls = asking.pings(self.conn, self.who.client)
        yield from self._questions(calls)
        yield from self._calls(calls)
        seniors = policies.seniors(self.conn, self.who.client)
        yield from self._plans(sorted(set(seniors) & self.mine))
        yield from self._day(sorted(self.mine))

    @cached_property
    def mine(self) -> frozenset[str]:
        """Who can be called for the client."""
        return policies.callable_people(self.conn, self.who.client)

    def _questions(self, calls: Sequence[Ping]) -> Iterator[Message]:
        scope = Scope.worker(self.who.client)
        oldest_first = (c for c in reversed(calls) if c.why == "reassigned")
        given = {(c.escalation_id, c.person): c for c in oldest_first}
        for each in escalations.all_for(self.conn, scope):
            if each.status in UNDECIDED:
                yield from self._open(each, given.get((each.escalation_id, _asked(each))))
            elif each.decided_at is not None and each.decided_at > self.now - TOLD_FOR:
                yield from self._answered(each)

    def _open(self, each: Escalation, given: Ping | None) -> Iterator[Message]:
        """A question to whom it is put; ``given`` is the newest time somebody gave it to them."""
        if each.status == "deferred" or _late(each):
            return  # out of sight until it is back; of a deadline that passed the calls tell
        asked, ref = _asked(each), each.escalation_id
        body = pings.asked(each.what, each.due_at, self.who.time_zone, each.safe_state)
        if each.deferred_until is not None and each.deferred_until <= self.now:
            key = f"{ref}/back/{each.deferred_until.isoformat()}/{asked}"
            said = f"back as put off: {each.title}"
            about: About = "back"
        else:
            key, said, about = f"{ref}/asked/{asked}", each.title, "question"
        key += f"/{given.ping_id}" if given else ""
        yield from self._to(each, self._made(about, key, asked, ref, said, body))

    def _calls(self, calls: Iterable[Ping]) -> Iterator[Message]:
        """Who was called: a deadline passed, or a question that is late already was given to somebody."""
        for call in calls:
            if call.at <= self.now - TOLD_FOR:
                return  # the newest come first
            found = escalations.get(self.conn, call.client, call.escalation_id)
            if found is None or not (call.why == "breach" or _given_late(found, call)):
                continue  # that one is told as a question of theirs, or it is somebody else's by now
            about: About = "deadline" if call.why == "breach" else "question"
            said = f"the deadline passed: {found.title}" if about == "deadline" else found.title
            made = self._made(
                about, f"call/{call.ping_id}", call.person, found.escalation_id, said, call.sentence
            )
            if call.why != "breach" or call.person == found.backup:
                yield from self._to(found, made)
            elif call.person in self.mine:
                yield made

    def _to(self, each: Escalation, message: Message) -> Iterator[Message]:
        """The message, to whoever is told in the person's place once they cannot be called any more."""
        for person in told_for(self.conn, self.who.client, message.person, each.backup):
            if person == message.person:
                yield message
            else:
                wanted = f"{message.key}/for/{person}"
                yield self._made(
                    message.about, wanted, person, message.ref, each.title, message.body
                )

    def _answered(self, each: Escalation) -> Iterator[Message]:
        owner = _asked(each)
        if each.decided_by in (None, owner) or owner not in self.mine:
            return
        names = {p.person: p.name for p in people.people(self.conn)}
        by = names.get(each.decided_by or "", each.decided_by)
        ref = each.escalation_id
        said = f"{by} decided: {each.title}"
        body = f"{each.title}: {each.status} by {by}. {each.decision_reason}"
        key = f"{ref}/answered/{each.version}/{owner}"
        yield self._made("answered", key, owner, ref, said, body)

    def _plans(self, seniors: Iterable[str]) -> Iterator[Message]:
        waiting = plans.waiting(self.conn, self.who.client)
        for plan in waiting:
            said = f"a plan for {plan.month:%B %Y} waits for you"
            body = "Nothing of it ships before a senior person approved it."
            for person in seniors:
                yield self._made(
                    "plan", f"{plan.plan_id}/asked/{person}", person, plan.plan_id, said, body
                )

    def _day(self, everyone: Iterable[str]) -> Iterator[Message]:
        """What was decided on the account's yesterday; nothing to tell, nothing told."""
        day = account_day(self.now, self.who.time_zone) - timedelta(days=1)
        counts = post.day_counts(self.conn, self.who.client, day)
        if not counts:
            return
        done = sum(n for (_, state), n in counts.items() if state == "applied")
        stopped = sum(n for (verdict, _), n in counts.items() if verdict == "blocked")
        asked = sum(n for (verdict, _), n in counts.items() if verdict == "escalated")
        said = f"{day:%a} {day.day} {day:%b}: {done} carried out, {asked} asked, {stopped} stopped by a rule"
        for person in everyone:
            yield self._made(
                "day", f"day/{day}/{person}", person, "", said, said[:1].upper() + said[1:] + "."
            )

    def _made(self, about: About, key: str, person: str, ref: str, said: str, body: str) -> Message:
        wishes = self._wishes(person)
        when = wishes.when(about)
        return Message(
            client=self.who.client,
            key=key,
            person=person,
            about=about,
            ref=ref,
            title=pings.titled(self.who.name, said),
            body=body,
            when=when,
            not_before=pings.send_at(self.now, when, wishes),
        )


def _asked(each: Escalation) -> str:
    return each.asked or each.owner


def _late(each: Escalation) -> bool:
    """True while the deadline that counts now is one that passed; a fresh one is not late."""
    return each.breached_due is not None and each.breached_due == each.due_at


def _given_late(found: Escalation, call: Ping) -> bool:
    """True for a question that passed hands after its deadline and is still theirs."""
    return _late(found) and call.person == _asked(found) and call.at >= found.due_at
