"""A source that has gone silent for longer than the policy allows."""

from __future__ import annotations

from datetime import timedelta

from engine.model.alarms import Alarm, Option
from engine.model.outcomes import FRESH_FOR, SourceState
from engine.model.world import World
from policies.actions import Evidence

_HOUR = timedelta(hours=1)


def watch(world: World) -> list[Alarm]:
    """One alarm a source and silence: the cause names the last instant the source told of, in UTC.

    A source that is late and was never read has no age; it is told of as soon as it fails.
    """
    found = []
    for source in world.sources:
        hours = _hours(world, source)
        most = world.policy.triggers.stale_source.max_hours
        failed = hours is None and source.state == "failed"
        if source.state != "fresh" and (failed or (hours is not None and hours > most)):
            found.append(_alarm(world, source, hours))
    return found


def _hours(world: World, source: SourceState) -> float | None:
    return None if source.as_of is None else (world.now - source.as_of) / _HOUR


def _alarm(world: World, source: SourceState, hours: float | None) -> Alarm:
    since = "never" if source.as_of is None else f"{source.as_of:%Y-%m-%dT%H:%MZ}"
    age = "has never been read" if hours is None else f"last told something {hours:.0f} hours ago"
    most = world.policy.triggers.stale_source.max_hours
    stopped = FRESH_FOR / _HOUR
    evidence = [Evidence(name="Called after", value=most, unit="hours")]
    if hours is not None:
        evidence.insert(0, Evidence(name="Without news for", value=int(hours), unit="hours"))
        evidence.append(
            Evidence(name="Money has waited for", value=int(max(hours - stopped, 0)), unit="hours")
        )
    return Alarm(
        kind="stale_source",
        cause=f"stale_source:{source.source}:{since}",
        title=f"{source.source[:30]} is silent",
        what=f"{source.source} {age}. {source.sentence}",
        evidence=tuple(evidence),
        options=(
            Option(
                label="Repair the connection",
                consequence="Money moves again at the first pass after the source answers.",
            ),
            Option(
                label="Wait",
                consequence="No budget moves for this client meanwhile; only stops are sent.",
            ),
        ),
    )
