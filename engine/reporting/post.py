"""What a person is told, where and when, and what became of the newest messages to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from engine.model.people import Scope
from engine.model.pings import USUAL, WORDS, About, When
from engine.store import Store, calendars, clients, post

SHOWN = 12
_TOLD = {
    "waiting": ("waits", "schedule"),
    "sent": ("sent", "check"),
    "nowhere": ("no target", "notifications_off"),
    "over": ("decided before it was sent", "done_all"),
    "given_up": ("could not be delivered", "error"),
    "unknown": ("may have arrived", "help"),
}


@dataclass(frozen=True)
class TargetView:
    """One place messages go to; ``shown`` is its address without secrets."""

    target: str
    label: str
    service: str
    shown: str
    added_at: datetime


@dataclass(frozen=True)
class Told:
    """One message: ``state`` in words, and an icon's name. Titles may hold text of others."""

    title: str
    ref: str
    at: datetime
    not_before: datetime | None
    state: str
    icon: str
    note: str


@dataclass(frozen=True)
class Mine:
    """One person's post. ``zone`` is that of the clock quiet hours are kept by."""

    zone: str
    targets: tuple[TargetView, ...]
    quiet: tuple[time, time] | None
    choices: Mapping[About, When]
    recent: tuple[Told, ...]


def mine(store: Store, scope: Scope, now: datetime) -> Mine:  # noqa: ARG001  every query has now
    """The post of the caller, and nobody else's.

    Raises:
        AskPerson: the caller is none of the house's people.
    """
    person = scope.person
    with store.read() as conn:
        reach = clients.clients(conn, scope)
        calendar = calendars.of(conn, person)
        zone = calendar.time_zone if calendar else reach[0].time_zone if reach else "UTC"
        wishes = post.wishes(conn, person, zone)
        targets = post.targets(conn, person)
        recent = post.recent(conn, scope, person, SHOWN)
    return Mine(
        zone=zone,
        targets=tuple(
            TargetView(t.target, t.label, t.service, t.shown, t.added_at) for t in targets
        ),
        quiet=wishes.quiet,
        choices={about: wishes.when(about) for about in USUAL},
        recent=tuple(_told(m) for m in recent),
    )


def words() -> Mapping[About, str]:
    """What there is to be told, in words, in order."""
    return WORDS


def _told(message: post.StoredMessage) -> Told:
    state, icon = _TOLD[message.state]
    waits = message.state == "waiting"
    return Told(
        title=message.title,
        ref=message.ref,
        at=message.ended_at or message.made_at,
        not_before=message.not_before if waits else None,
        state=state,
        icon=icon,
        note=message.note,
    )
