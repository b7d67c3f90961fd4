"""Since which version the conversion definitions in force hold, for the caption of the figures counted by them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from engine.reporting.words import plural
from engine.store import counted, policies


def defined(conn: Any, client: str, zone: str, noun: str) -> str:
    """The sentence; "" while the first definitions ever published hold, for then nothing was restated."""
    published = [
        (s.published_at, s.version, s) for s in policies.history(conn, client) if s.published_at
    ]
    was_in_force = [s for *_, s in sorted(published, key=lambda each: each[:2])]
    if not was_in_force or was_in_force[-1].state != "published":
        return ""
    now = counted.of_version(was_in_force[-1])
    since = was_in_force[-1]
    for stored in reversed(was_in_force):
        if counted.of_version(stored) != now:
            at = since.published_at
            day = f"{at.astimezone(ZoneInfo(zone)):%d %b %Y}".lstrip("0") if at else ""
            untold = " ".join(now.unbounded) if now else ""
            return (
                f"Figures of {plural(noun)} and customers follow the definition of policy v{since.version},"
                f" in force since {day}, restated over the whole past. {untold}"
            ).rstrip()
        since = stored
    return ""
