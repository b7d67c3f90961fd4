"""Is the loop running, when was it last here, when is it back? Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.reporting.home.facts import Facts
from engine.reporting.words import span, stamp

Word = Literal["on time", "late", "failed", "paused", "halted", "not started"]
_WHY = "; the engine room tells an admin why."  # its words are for those who mend it
_HOUR = timedelta(hours=1)
_LATE = 2 * _HOUR  # a pass is due every hour; two without one is late


@dataclass(frozen=True)
class Loop:
    """The loop in a word and a line; ``trouble`` is a sentence when it needs a hand, else empty."""

    word: Word
    line: str
    trouble: str


def loop(facts: Facts, now: datetime, zone: str) -> Loop:
    """The last pass over every client in reach, the next one, and how it stands; instants shown in ``zone``."""
    ran = [p.at for p in facts.passes if p.at is not None]
    if not ran:
        return Loop("not started", "no pass yet; the first is at the next full hour", "")
    last = max(ran)
    word, trouble = _state(facts, last, now)
    back = _next(facts, now)
    told = [f"last pass {stamp(last, zone, now)}"]
    if word in {"halted", "paused"}:
        told.append("no change is sent")
    elif back is not None:
        told.append(f"next pass {stamp(back, zone, now)}")
    else:
        return Loop(
            word, f"{told[0]} · the server's clock is not running, so none follows", trouble
        )
    return Loop(word, f"{', '.join(told)} · {word}", trouble)


def _state(facts: Facts, last: datetime, now: datetime) -> tuple[Word, str]:
    """The gravest that is true, and its sentence."""
    late = f"The last pass was {span(now - last)} ago; one is due every hour."
    paused = facts.paused_all or all(p.paused for p in facts.passes)
    held = "Everything is paused: nothing is sent to any platform."
    found: list[tuple[Word, str]] = []
    failed = [p for p in facts.passes if p.state == "failed"]
    found += [("failed", f"The last pass of {p.name} failed{_WHY}") for p in failed]
    found += [
        ("failed", f"The job {j.name} broke down{_WHY}") for j in facts.jobs if j.state == "failed"
    ]
    if paused:
        found.append(("paused", held))
    found += [("halted", j.sentence) for j in facts.jobs if j.sentence.startswith("Halted")]
    if now - last > _LATE:
        found.append(("late", late))
    found += [("late", f"{p.name}: {p.sentence}") for p in facts.passes if p.state == "late"]
    return found[0] if found else ("on time", "")


def _next(facts: Facts, now: datetime) -> datetime | None:
    """A demo's clock moves an hour at a time; a real schedule names the hour, as long as it is ahead."""
    if facts.demo:
        return now + _HOUR if any(j.name == "demo-hour" for j in facts.jobs) else None
    ahead = [j.next_at for j in facts.jobs if j.next_at is not None and j.next_at > now]
    return min(ahead) if ahead else None
