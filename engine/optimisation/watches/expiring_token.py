"""A connection whose access ends soon: renewed in time, no source ever goes late for it."""

from __future__ import annotations

from datetime import timedelta

from engine.model.alarms import Alarm, Option
from engine.model.world import Access, World
from policies.actions import Evidence

_DAY = timedelta(days=1)


def watch(world: World) -> list[Alarm]:
    """One alarm a connection and end; one whose end is not known is silent."""
    before = timedelta(days=world.policy.triggers.expiring_token.days_before)
    return [
        _alarm(one, (one.expires_at - world.now) / _DAY)
        for one in world.connections
        if one.expires_at is not None and one.expires_at - world.now <= before
    ]


def _alarm(one: Access, days: float) -> Alarm:
    end = f"{one.expires_at:%d %B %Y %H:%M} UTC"
    ended = days <= 0
    told = f"ended on {end}" if ended else f"ends on {end}, in {days:.0f} days"
    later = (
        "Nothing can be read or changed through it."
        if ended
        else "From then on nothing can be read or changed through it, stops included."
    )
    return Alarm(
        kind="expiring_token",
        cause=f"expiring_token:{one.name}:{one.expires_at:%Y-%m-%d}",
        title=f"Access to {one.name[:28]} {'has ended' if ended else 'ends soon'}",
        what=f"The access to {one.name} {told}. {later}",
        evidence=(
            Evidence(name="Ends", value=end),
            Evidence(name="Days left", value=round(max(days, 0.0), 1), unit="days"),
        ),
        options=(
            Option(
                label="Renew it",
                consequence="Sign in again for this connection; the new end is read at the next pass.",
            ),
            Option(label="Leave it", consequence=later),
        ),
    )
