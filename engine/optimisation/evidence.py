"""Small steps every agent shares: which campaigns may move, what was wanted and what held it, what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from engine.model.effects import Z80
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, spoken
from policies.standing import CampaignStanding
from policies.verdict import Allowed, Blocked, Escalated

COOL_DOWN = timedelta(days=3)
"""Between two moves of one campaign (a convention of the house; no platform states a figure)."""


def may_move_money(world: World) -> bool:
    """False while a person paused the client or any source is not fresh: nothing moves on doubt."""
    return not world.standing.paused and not world.late_sources


def movable(world: World, cool_down: timedelta = COOL_DOWN) -> list[CampaignStanding]:
    """Running campaigns of ours with nothing pending, not written today, out of their cool-down."""
    moved = {
        m.campaign for m in world.last_moves if not m.beyond_bound and world.now - m.at < cool_down
    }
    return [
        c
        for c in world.standing.campaigns
        if c.enabled
        and c.campaign in world.desired
        and not c.written_today
        and not c.pending_micros
        and c.campaign not in moved
    ]


def stopped_by(verdict: Allowed | Escalated | Blocked) -> tuple[str, ...]:
    """The rules that would not let it through, each once, by their names as people say them."""
    rules = (r.rule.replace("_", " ") for r in verdict.reasons if r.outcome != "allow")
    return tuple(dict.fromkeys(rules))


def bound(wanted: str, held_by: Iterable[str]) -> tuple[Evidence, ...]:
    """What an agent wanted where it asks for less, and what held it; empty when nothing did."""
    names = tuple(dict.fromkeys(held_by))
    if not names:
        return ()
    return (Evidence(name="Wanted", value=wanted), Evidence(name="Held by", value=", ".join(names)))


def interval(middle_micros: float, sd_micros: float, currency: str, of_what: str) -> Evidence:
    """The 80 % interval of an expected gain, from the standard error of what it was reckoned with."""
    low, high = (
        spoken(
            int(middle_micros + sign * Z80 * sd_micros) // MICROS * MICROS, currency
        ).removesuffix(".00")
        for sign in (-1, 1)
    )
    return Evidence(name="Expected gain, 80% interval", value=f"{low} to {high}", unit=of_what)


def no_interval(why: str) -> Evidence:
    """For an act whose effect is not reckoned: it says so, and why."""
    return Evidence(name="Expected effect", value=f"no figure is known: {why}")
