"""The post: what people are to be told is put in an outbox, and sent once, when they want it.

``queue_messages`` starts from what is true (open questions, plans that wait, the day before), so a pass that was
missed or repeated changes nothing. ``deliver`` notes each send before it is made: after a crash it may have
arrived, and is not sent a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from engine.commands.house import House
from engine.commands.telling import Reader, told_for, wishes_of
from engine.model import pings
from engine.model.errors import AskPerson, Fault, TryLater, UnknownOutcome
from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.store import clients, escalations, people, plans, policies, post
from engine.store.post import Delivery, StoredMessage, StoredTarget

AT_ONCE = 20
"""Messages of one client sent in one pass; the rest follow with the next."""
KEPT = timedelta(days=90)


def queue_messages(house: House, client: str, now: datetime) -> None:
    """Put everything new that people of a client are to be told into the outbox."""

    def write(conn: Any) -> None:
        who = clients.client(conn, client)
        reader = Reader(conn, who, now)
        made = [m for m in reader.everything() if m.when != "off"]
        post.add(conn, client, made, now)
        post.forget_before(conn, client, now, KEPT)

    house.store.write(write)


def deliver(house: House, client: str, now: datetime) -> None:
    """Send what is due for a client; what is not taken is tried again later, what is over is not sent."""
    cut = "The process ended while it was sent; it may have arrived and is not sent again."
    house.store.write(lambda conn: post.cut_off(conn, client, cut))
    with house.store.read() as conn:
        waiting = post.due(conn, client, now, AT_ONCE, _quiet(conn, client, now))
        over = [m.key for m in waiting if _over(conn, m)]
        waiting = [m for m in waiting if m.key not in over]
        places = {p: post.targets(conn, p) for p in {m.person for m in waiting}}
        so_far = post.made(conn, client, [m.key for m in waiting])
    nowhere = [m.key for m in waiting if not places[m.person]]
    if over or nowhere:
        house.store.write(lambda conn: _ended(conn, client, over, nowhere, now))
    for batch in _batches([m for m in waiting if places[m.person]], so_far):
        _send_batch(house, client, batch, places[batch[0].person], now)


def locked(house: House) -> list[str]:
    """One sentence for the operator while the addresses cannot be read, so that every message waits."""
    if house.open_post is None:
        return []
    try:
        for name in house.secrets.names():
            house.secrets.get(name)
    except AskPerson as fault:
        return [f"Messages to people wait. {fault}"]
    return []


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


def _quiet(conn: Any, client: str, now: datetime) -> list[str]:
    """Whose quiet hours it is: also a second try, or what an older pass left, waits for their end."""
    zone = clients.client(conn, client).time_zone
    there = sorted(policies.callable_people(conn, client))
    return [p for p in there if pings.send_at(now, "now", wishes_of(conn, p, zone)) > now]


def _over(conn: Any, message: StoredMessage) -> bool:
    """True where nobody is to be told any more: it was decided, given to another person, or theirs no longer."""
    if message.person not in policies.callable_people(conn, message.client):
        return True
    if message.about in ("question", "deadline", "back"):
        found = escalations.get(conn, message.client, message.ref)
        if found is None or found.status not in UNDECIDED:
            return True
        asked = told_for(conn, message.client, found.asked or found.owner, found.backup)
        return message.about != "deadline" and message.person not in asked
    if message.about == "plan":
        plan = plans.get(conn, message.client, message.ref)
        return plan is None or plan.status != "waiting"
    return False


def _ended(conn: Any, client: str, over: list[str], nowhere: list[str], now: datetime) -> None:
    said = "It was decided, or became another person's, before it was sent."
    post.end(conn, client, over, "over", said, now)
    post.end(conn, client, nowhere, "nowhere", "No target is set up for this person.", now)


def _batches(waiting: list[StoredMessage], so_far: list[Delivery]) -> Iterator[list[StoredMessage]]:
    """What goes out together: every urgent message alone, the small things of a person as one.

    Those of which one target has some already go apart, else the rest would pass for sent there too.
    """
    small: dict[tuple[str, frozenset[str]], list[StoredMessage]] = {}
    for message in waiting:
        if message.when == "digest":
            tried = frozenset(f"{d.target} {d.state}" for d in so_far if d.key == message.key)
            small.setdefault((message.person, tried), []).append(message)
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
    locked_away = False
    for target in targets:
        last = so_far.get(target.target)
        waits = last is not None and last.next_at is not None and last.next_at > now
        if last is None or (last.state == "failed" and not waits):
            locked_away |= not _send(house, client, batch, target, now)
    if locked_away:
        return  # it waits for the key; the targets that have it already do not get it twice
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
) -> bool:
    """One try of one target: noted, sent, noted; False, and no try, while its address cannot be read."""
    keys = [m.key for m in batch]
    try:
        address = house.secrets.get(target.name)
    except AskPerson:
        return False
    tries = house.store.write(lambda conn: post.begin(conn, client, keys, target, now))
    became: post.Became = "sent"
    at, note = None, ""
    try:
        _hand_in(house, address, batch)
    except UnknownOutcome as fault:
        became, note = "unknown", str(fault)  # it may have arrived: not sent again
    except TryLater as fault:
        at, note = pings.next_try(now, tries), str(fault)
        became = "failed" if at else "given_up"
    except Fault as fault:
        became, note = "given_up", str(fault)
    house.store.write(
        lambda conn: post.finish(conn, client, keys, target.target, became, next_at=at, note=note)
    )
    return True


def _hand_in(house: House, address: str | None, batch: list[StoredMessage]) -> None:
    if address is None:
        raise TryLater("Its address is not in the file of secrets any more; add it again.")
    house.post.send(address, *_said(house, batch))


def _said(house: House, batch: list[StoredMessage]) -> tuple[str, str]:
    """Title and body, each message with the link to where it is decided."""
    parts = []
    for message in batch:
        head = f"{message.title}\n\n" if len(batch) > 1 else ""
        link = f"\n\n{house.public_url}/go/{message.ref}" if message.ref else ""
        parts.append(f"{head}{message.body}{link}")
    title = batch[0].title if len(batch) == 1 else f"{len(batch)} things from Command Centre"
    return title, "\n\n— — —\n\n".join(parts)
