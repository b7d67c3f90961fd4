"""Every watch in turn: what a person should judge, however calm the money is."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.alarms import Alarm
from engine.model.world import World
from engine.optimisation.watches import (
    attribution_mismatch,
    expiring_token,
    lead_quality,
    performance_drift,
    rejected_ad,
    spend_anomaly,
    stale_source,
    tracking_broken,
)

WATCHES: tuple[Callable[[World], list[Alarm]], ...] = (
    spend_anomaly.watch,
    performance_drift.watch,
    attribution_mismatch.watch,
    lead_quality.watch,
    tracking_broken.watch,
    stale_source.watch,
    rejected_ad.watch,
    expiring_token.watch,
)


def watch(world: World) -> list[Alarm]:
    """All alarms of this tick; the same trouble has the same cause tick after tick."""
    return [alarm for each in WATCHES for alarm in each(world)]
