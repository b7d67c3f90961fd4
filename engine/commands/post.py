"""The post: what people are to be told is put in an outbox, and sent once, when they want it.

``queue_messages`` starts from what is true (open questions, plans that wait, the day before), so a pass that was
missed or repeated changes nothing. ``deliver`` notes each send before it is made: after a crash it may have
arrived, and is not sent a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.commands.house import House
from engine.model import pings
from engine.model.errors import Fault, TryLater
from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.model.pings import About, Message, Wishes
from engine.model.time import account_day
from engine.store import asking, calendars, clients, escalations, people, plans, policies, post
from engine.store.clients import Client
from engine.store.escalations import Escalation
from engine.store.post import StoredMessage, StoredTarget

AT_ONCE = 20
"""Messages of one client sent in one pass; the rest follow with the next."""
TOLD_FOR = timedelta(days=2)
"""How long after it somebody is told what another person decided."""
KEPT = timedelta(days=90)


def queue_messages(house: House, client: str, now: datetime) -> None:
    """Put everything new that people of a client are to be told into the outbox."""

    def write(conn: Any) -> None:
        who = clients.client(conn, client)
        reader = _Reader(conn, who, now)
        made = [m for m in reader.everything() if m.when != "off"]
        post.add(conn, client, made, now)
        post.forget_before(conn, client, now, KEPT)

    house.store.write(write)


def deliver(house: House, client: str, now: datetime) -> None:
    """Send what is due for a client; what is not taken is tried again later, what is over is not sent."""
    cut = "The process ended while it was sent; it may have arrived and is not sent again."
    house.store.write(lambda conn: post.cut_off(conn, client, cut))
    with house.store.read() as conn:
        waiting = post.due(conn, client, now, AT_ONCE)
        over = [m.key for m in waiting if _over(conn, m)]
        waiting = [m for m in waiting if m.key not in over]
        places = {p: post.targets(conn, p) for p in {m.person for m in waiting}}
    nowhere = [m.key for m in waiting if not places[m.person]]
    if over or nowhere:
        house.store.write(lambda conn: _ended(conn, client, over, nowhere, now))
    for batch in _batches([m for m in waiting if places[m.person]]):
        _send_batch(house, client, batch, places[batch[0].person], now)


def undelivered(house: House, now: datetime) -> list[str]:
    """Sentences for the operator: whose messages of the last day could not be delivered."""
    with house.store.read() as conn:
        names = {p.person: p.name for p in people.people(conn)}
        found = post.undelivered(conn, Scope.operator(), now - timedelta(days=1))
    return [
        f"{n} message{'s' if n > 1 else ''} about {client} to {names.get(person, person)} could not be"
        " delivered; they should look at their targets on the page You."
        for client, person, n in found
    ]


@dataclass(frozen=True)
class _Reader:
    """What there is to tell about one client, read in one go."""

    conn: Any
    who: Client
    now: datetime
    known: dict[str, Wishes] = field(default_factory=dict)

    def _wishes(self, person: str) -> Wishes:
        """When a person wants to be told; looked up once."""
        if person not in self.known:
            calendar = calendars.of(self.conn, person)
            zone = calendar.time_zone if calendar else self.who.time_zone
            self.known[person] = post.wishes(self.conn, person, zone)
        return self.known[person]

    def everything(self) -> Iterator[Message]:
        active = {p.person for p in people.people(self.conn) if p.active}
        mine = policies.callable_people(self.conn, self.who.client) & active
        made = (*self._questions(), *self._calls())
        yield from (m for m in made if m.person in mine)
        yield from self._plans(sorted(set(policies.seniors(self.conn, self.who.client)) & mine))
        yield from self._day(sorted(mine))

    def _questions(self) -> Iterator[Message]:
        scope = Scope.worker(self.who.client)
        for each in escalations.all_for(self.conn, scope):
            if each.status in UNDECIDED:
                yield from self._open(each)
            elif each.decided_at is not None and each.decided_at > self.now - TOLD_FOR:
                yield from self._answered(each)

    def _open(self, each: Escalation) -> Iterator[Message]:
        if each.status == "deferred" or each.breached_due is not None:
            return  # out of sight until it is back; of a deadline that passed the calls tell
        asked, ref = each.asked or each.owner, each.escalation_id
        body = pings.asked(each.what, each.due_at, self.who.time_zone, each.safe_state)
        if each.deferred_until is not None and each.deferred_until <= self.now:
            key = f"{ref}/back/{each.deferred_until.isoformat()}/{asked}"
            said = f"back as put off: {each.title}"
            yield self._made("back", key, asked, ref, said, body)
        else:
            yield self._made("question", f"{ref}/asked/{asked}", asked, ref, each.title, body)

    def _calls(self) -> Iterator[Message]:
        """Who the clocks called: a deadline passed, or a question changed hands."""
        for call in asking.pings(self.conn, self.who.client):
            if call.at <= self.now - TOLD_FOR:
                return  # the newest come first
            found = escalations.get(self.conn, call.client, call.escalation_id)
            if found is None or (
                call.why != "breach" and call.person == (found.asked or found.owner)
            ):
                continue  # that one is told as a question of theirs
            about: About = "deadline" if call.why == "breach" else "question"
            said = f"the deadline passed: {found.title}" if about == "deadline" else found.title
            key = f"call/{call.ping_id}"
            yield self._made(about, key, call.person, call.escalation_id, said, call.sentence)

    def _answered(self, each: Escalation) -> Iterator[Message]:
        owner = each.asked or each.owner
        if each.decided_by in (None, owner):
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


def _over(conn: Any, message: StoredMessage) -> bool:
    """True for a question that was decided, or a plan, before anybody was told of it."""
    if message.about in ("question", "deadline", "back"):
        found = escalations.get(conn, message.client, message.ref)
        return found is None or found.status not in UNDECIDED
    if message.about == "plan":
        plan = plans.get(conn, message.client, message.ref)
        return plan is None or plan.status != "waiting"
    return False


def _ended(conn: Any, client: str, over: list[str], nowhere: list[str], now: datetime) -> None:
    post.end(conn, client, over, "over", "It was decided before it was sent.", now)
    post.end(conn, client, nowhere, "nowhere", "No target is set up for this person.", now)


def _batches(waiting: list[StoredMessage]) -> Iterator[list[StoredMessage]]:
    """What goes out together: every urgent message alone, the small things of a person as one."""
    small: dict[str, list[StoredMessage]] = {}
    for message in waiting:
        if message.when == "digest":
            small.setdefault(message.person, []).append(message)
        else:
            yield [message]
    yield from small.values()


def _send_batch(
    house: House,
    client: str,
    batch: list[StoredMessage],
    targets: list[StoredTarget],
    now: datetime,
) -> None:
    keys = [m.key for m in batch]
    with house.store.read() as conn:
        so_far = {d.target: d for d in post.made(conn, client, keys)}
    for target in targets:
        last = so_far.get(target.target)
        waits = last is not None and last.next_at is not None and last.next_at > now
        if last is None or (last.state == "failed" and not waits):
            _send(house, client, batch, target, now)
    with house.store.read() as conn:
        states = {d.state for d in post.made(conn, client, keys)}
    if "failed" in states:
        return  # tried again
    state: post.State = (
        "sent" if "sent" in states else "unknown" if "unknown" in states else "given_up"
    )
    note = "" if state == "sent" else "No target took it."
    house.store.write(lambda conn: post.end(conn, client, keys, state, note, now))


def _send(
    house: House, client: str, batch: list[StoredMessage], target: StoredTarget, now: datetime
) -> None:
    """One try of one target: noted, sent, noted."""
    keys = [m.key for m in batch]
    tries = house.store.write(lambda conn: post.begin(conn, client, keys, target, now))
    try:
        address = house.secrets.get(target.name)
        if address is None:
            raise TryLater("Its address is not in the file of secrets any more; add it again.")
        house.post.send(address, *_said(house, batch))
    except Fault as fault:
        at = pings.next_try(now, tries) if isinstance(fault, TryLater) else None
        note = str(fault)
        house.store.write(
            lambda conn: post.finish(
                conn,
                client,
                keys,
                target.target,
                "failed" if at else "given_up",
                next_at=at,
                note=note,
            )
        )
        return
    house.store.write(lambda conn: post.finish(conn, client, keys, target.target, "sent"))


def _said(house: House, batch: list[StoredMessage]) -> tuple[str, str]:
    """Title and body, each message with the link to where it is decided."""
    parts = []
    for message in batch:
        head = f"{message.title}\n\n" if len(batch) > 1 else ""
        link = f"\n\n{house.public_url}/go/{message.ref}" if message.ref else ""
        parts.append(f"{head}{message.body}{link}")
    title = batch[0].title if len(batch) == 1 else f"{len(batch)} things from Command Centre"
    return title, "\n\n— — —\n\n".join(parts)
