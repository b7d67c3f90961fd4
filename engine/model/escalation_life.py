"""The life of an escalation: which event is allowed in which state, and what it makes of it. Pure.

Time alone wakes what sleeps and tells that a deadline passed; it never approves, rejects or ends anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Status = Literal[
    "open",
    "acknowledged",
    "snoozed",
    "deferred",
    "approved",
    "rejected",
    "tightened",
    "done",
    "voided",
]
UNDECIDED: tuple[Status, ...] = ("open", "acknowledged", "snoozed", "deferred")
"""Nobody has answered yet."""
CLOCKED: tuple[Status, ...] = ("open", "acknowledged", "snoozed")
"""Those whose deadline counts on."""
_LIVE: tuple[Status, ...] = (*UNDECIDED, "approved")


@dataclass(frozen=True)
class Life:
    """What moves about one escalation; instants are UTC.

    ``deferred_until`` stays after the return.
    ``asked`` is the person who has to decide now. ``sla_hours`` of their working time count from ``clock_from`` and
    end at ``due_at``. ``breached_due`` is the deadline whose passing was dealt with, None while there was none.
    ``acknowledged_by`` says who has taken it on; ``decided_by``, ``decided_at`` and ``reason`` are of the last answer.
    """

    status: Status
    asked: str
    backup: str
    clock_from: datetime
    sla_hours: float
    due_at: datetime
    snoozed_until: datetime | None = None
    deferred_until: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    breached_due: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Acknowledge:
    """Somebody has taken it on."""

    person: str


@dataclass(frozen=True)
class Reassign:
    """Somebody else is asked; ``left_hours`` of the time to decide go on in their calendar until ``due_at``."""

    person: str
    to: str
    due_at: datetime
    left_hours: float


@dataclass(frozen=True)
class HandOver:
    """Whoever was asked went away: the backup is asked."""

    due_at: datetime
    left_hours: float


@dataclass(frozen=True)
class Snooze:
    """Out of sight for a while; the deadline counts on."""

    person: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class Defer:
    """Put off to a date: a decision of its own, with a fresh deadline on its return."""

    person: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class Answer:
    """The end a person gives it."""

    person: str
    status: Literal["approved", "rejected", "tightened", "done"]
    reason: str


@dataclass(frozen=True)
class Drafted:
    """Somebody wrote a policy draft for it: taken on, and nothing is answered by that."""

    person: str


@dataclass(frozen=True)
class Wake:
    """A snooze is over."""


@dataclass(frozen=True)
class Return:
    """The day a decision was put off to has come: ``asked`` has a fresh ``due_at``."""

    asked: str
    due_at: datetime


@dataclass(frozen=True)
class Breach:
    """The deadline has passed: the backup is asked, and the declared safe state holds."""


@dataclass(frozen=True)
class Close:
    """It ends without an answer: carried out, over, or nothing left to ask."""

    status: Literal["done", "voided"]
    why: str


Event = (
    Acknowledge
    | Reassign
    | HandOver
    | Snooze
    | Defer
    | Answer
    | Drafted
    | Wake
    | Return
    | Breach
    | Close
)
ALLOWED: Mapping[type, tuple[Status, ...]] = {
    Acknowledge: ("open", "snoozed"),
    Reassign: UNDECIDED,
    HandOver: CLOCKED,
    Snooze: CLOCKED,
    Defer: UNDECIDED,
    Answer: UNDECIDED,
    Drafted: CLOCKED,
    Wake: ("snoozed",),
    Return: ("deferred",),
    Breach: CLOCKED,
    Close: _LIVE,
}
"""In which states each event may happen; everything else is refused."""


class NotAllowed(Exception):
    """The event cannot happen now; the message is a sentence for the person who tried."""


def step(life: Life, event: Event, now: datetime) -> Life:
    """The escalation after an event at ``now`` (aware).

    Raises:
        NotAllowed: the event is not allowed in this state, or not yet.
    """
    if life.status not in ALLOWED[type(event)]:
        raise NotAllowed(f"This is {life.status}, so that cannot be done with it any more.")
    if isinstance(event, Wake | Return | Breach):
        return _by_time(life, event, now)
    if isinstance(event, HandOver | Close):
        return _by_itself(life, event, now)
    return _by_person(life, event, now)


def due_for(life: Life, now: datetime) -> Wake | Breach | Literal["return"] | None:
    """What time alone asks for at ``now``; ``return`` wants a fresh deadline, which a calendar gives."""
    if life.status == "deferred":
        back = life.deferred_until
        return "return" if back is None or back <= now else None
    if life.status not in CLOCKED:
        return None
    if life.due_at <= now and life.breached_due != life.due_at:
        return Breach()
    asleep = life.status == "snoozed"
    return Wake() if asleep and (life.snoozed_until is None or life.snoozed_until <= now) else None


def _by_person(
    life: Life, event: Acknowledge | Reassign | Snooze | Defer | Answer | Drafted, now: datetime
) -> Life:
    match event:
        case Acknowledge() | Drafted():
            return _woken(replace(life, acknowledged_by=event.person, acknowledged_at=now))
        case Reassign():
            return _reassigned(life, event, now)
        case Snooze():
            return _snoozed(life, event, now)
        case Defer():
            return _deferred(life, event, now)
    rest = replace(life, snoozed_until=None)
    return _said(rest, event.status, event.person, event.reason, now)


def _by_itself(life: Life, event: HandOver | Close, now: datetime) -> Life:
    if isinstance(event, HandOver):
        return _clock(replace(life, asked=life.backup), event.due_at, event.left_hours, now)
    return replace(life, status=event.status, reason=f"{life.reason} {event.why}".strip())


def _by_time(life: Life, event: Wake | Return | Breach, now: datetime) -> Life:
    match event:
        case Wake():
            _not_before(life.snoozed_until, now)
            return _woken(life)
        case Return():
            _not_before(life.deferred_until, now)
            return replace(
                life,
                status="open",
                asked=event.asked,
                due_at=event.due_at,
                clock_from=now,
                acknowledged_by=None,
                acknowledged_at=None,
            )
    _not_before(life.due_at, now)
    if life.breached_due == life.due_at:
        raise NotAllowed("What follows from this deadline was done already.")
    return replace(_woken(life), asked=life.backup, breached_due=life.due_at)


def _not_before(at: datetime | None, now: datetime) -> None:
    if at is not None and now < at:
        raise NotAllowed("It is not time for that yet.")


def _woken(life: Life) -> Life:
    status: Status = "acknowledged" if life.acknowledged_by else "open"
    return replace(life, status=status, snoozed_until=None)


def _reassigned(life: Life, event: Reassign, now: datetime) -> Life:
    if event.to == life.asked:
        raise NotAllowed("That person is asked already; choose somebody else.")
    moved = replace(life, asked=event.to, acknowledged_by=None, acknowledged_at=None)
    if life.status == "deferred":
        return moved
    return _clock(_woken(moved), event.due_at, event.left_hours, now)


def _clock(life: Life, due_at: datetime, left_hours: float, now: datetime) -> Life:
    """The rest of the time to decide goes on; what is late stays late, by the same deadline."""
    if life.due_at <= now:
        return life
    return replace(life, due_at=due_at, sla_hours=left_hours, clock_from=now)


def _snoozed(life: Life, event: Snooze, now: datetime) -> Life:
    if event.until <= now:
        raise NotAllowed("Choose a time in the future to be shown it again.")
    if event.until > life.due_at:
        raise NotAllowed(
            "It can sleep until its deadline at most; put it off to a date or give it to somebody else."
        )
    return replace(life, status="snoozed", snoozed_until=event.until, reason=event.reason)


def _deferred(life: Life, event: Defer, now: datetime) -> Life:
    if event.until <= now:
        raise NotAllowed("Choose a time in the future for the decision to come back.")
    asleep = replace(life, snoozed_until=None, deferred_until=event.until)
    return _said(asleep, "deferred", event.person, event.reason, now)


def _said(life: Life, status: Status, person: str, reason: str, now: datetime) -> Life:
    return replace(life, status=status, decided_by=person, decided_at=now, reason=reason)
