"""Messages to people: what they are about, when each may go out, and what it says. Pure.

A message is named by what brought it about (``key``), so that the same thing is never told twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from engine.model.escalations import TITLE_LENGTH

About = Literal["question", "deadline", "back", "plan", "answered", "day"]
When = Literal["now", "digest", "off"]
WORDS: Mapping[About, str] = {
    "question": "A question is put to me",
    "deadline": "A deadline passed and I am the backup",
    "back": "A question I put off is back",
    "plan": "A plan waits for a senior person",
    "answered": "Somebody else decided a question of mine",
    "day": "What the platform did the day before",
}
"""What there is to be told, in words."""
USUAL: Mapping[About, When] = {
    "question": "now",
    "deadline": "now",
    "back": "now",
    "plan": "now",
    "answered": "digest",
    "day": "digest",
}
"""What holds until a person chooses otherwise; small things come together, once a day."""
DIGEST_AT = time(8)
"""When the small things of a day come, in the person's zone."""
TRIES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""How long to wait after each failed try; after the last one it is given up and shown."""


@dataclass(frozen=True)
class Wishes:
    """When a person wants to be told.

    ``quiet`` is the local time of day from and until which nothing is sent (it may cross midnight), None: never
    quiet. ``choices`` hold what differs from ``USUAL``.
    """

    zone: str
    quiet: tuple[time, time] | None = None
    choices: Mapping[About, When] | None = None

    def when(self, about: About) -> When:
        """What the person chose for one kind of message."""
        return (self.choices or {}).get(about, USUAL[about])


@dataclass(frozen=True)
class Message:
    """One thing to tell one person. ``ref`` is what the link leads to; ``not_before`` is UTC."""

    client: str
    key: str
    person: str
    about: About
    ref: str
    title: str
    body: str
    when: When
    not_before: datetime


def send_at(now: datetime, when: When, wishes: Wishes) -> datetime:
    """The earliest instant (UTC) a message may go out: after quiet hours, a digest at its hour."""
    zone = ZoneInfo(wishes.zone)
    at = _next(now, DIGEST_AT, zone) if when == "digest" else now
    if wishes.quiet is None:
        return at.astimezone(UTC)
    begins, ends = wishes.quiet
    clock = at.astimezone(zone).time()
    across = begins > ends
    quiet = (clock >= begins or clock < ends) if across else begins <= clock < ends
    return (_next(at, ends, zone) if quiet and begins != ends else at).astimezone(UTC)


def _next(now: datetime, clock: time, zone: ZoneInfo) -> datetime:
    """The next instant, ``now`` included, at which the zone's clock shows that time."""
    local = now.astimezone(zone)
    at = datetime.combine(local.date(), clock, zone)
    if at.astimezone(UTC) < now:
        at = datetime.combine(local.date() + timedelta(days=1), clock, zone)
    return at.astimezone(UTC)


def next_try(now: datetime, tries: int) -> datetime | None:
    """When a delivery that failed ``tries`` times is tried again; None: given up."""
    return now + TRIES[tries - 1] if tries <= len(TRIES) else None


def titled(client_name: str, said: str) -> str:
    """A message's title: whose account, then what."""
    room = TITLE_LENGTH + 20
    text = f"{client_name}: {said}"
    return text if len(text) <= room else f"{text[: room - 1]}…"


def asked(what: str, due_at: datetime | None, zone: str, safe_state: str) -> str:
    """The body of a question: what it is, by when, and what is safe meanwhile."""
    parts = [_shortened(what)]
    if due_at is not None:
        parts.append(f"Decide by {_stamp(due_at, zone)}.")
    parts.append(f"If nobody decides: {safe_state} Silence approves nothing.")
    return "\n\n".join(parts)


def _shortened(text: str, most: int = 400) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _stamp(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M} ({local:%Z})"
