"""What happened since the reader was last here, by client, as figures in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.reporting.home.facts import Facts, Happened
from engine.reporting.words import channel, count, money
from policies.actions import BudgetChange, budget_changes

_BUDGETS = ("set_budgets", "shift_budget")


@dataclass(frozen=True)
class Sums:
    """How many acts of each sort; ``moves`` are budgets set or shifted and carried out."""

    moves: int = 0
    launches: int = 0
    switched: int = 0
    ads_on: int = 0
    ads_off: int = 0
    questions: int = 0
    blocked: int = 0
    undone: int = 0

    @property
    def done(self) -> int:
        """Everything carried out."""
        return self.moves + self.launches + self.switched + self.ads_on + self.ads_off

    @property
    def words(self) -> str:
        """``3 budget moves, 12 ads started, 1 question``; empty when nothing happened."""
        parts = (
            (self.moves, "budget move", ""),
            (self.launches, "launch", ""),
            (self.switched, "campaign switched", "campaigns switched"),
            (self.ads_on, "ad started", "ads started"),
            (self.ads_off, "ad paused", "ads paused"),
            (self.questions, "question", ""),
            (self.blocked, "stopped by a rule", "stopped by a rule"),
            (self.undone, "not carried out", "not carried out"),
        )
        return ", ".join(count(n, one, many) for n, one, many in parts if n)


@dataclass(frozen=True)
class Away:
    """Since when, the sums over all clients, each client's own in words, and the largest moves of money."""

    since: datetime
    total: Sums
    clients: tuple[tuple[str, str], ...]
    largest: tuple[str, ...]


def away(facts: Facts) -> Away:
    """The sums since ``facts.since``; clients where nothing happened are left out."""
    rows = [
        (p.name, sums([h for h in facts.happened if h.client == p.client])) for p in facts.passes
    ]
    return Away(
        since=facts.since,
        total=sums(facts.happened),
        clients=tuple((name, found.words) for name, found in rows if found.words),
        largest=_largest(facts),
    )


def sums(happened: tuple[Happened, ...] | list[Happened]) -> Sums:
    """Add up lines by what they tell of."""

    def number(kind: str, acts: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> int:
        return sum(
            h.number
            for h in happened
            if h.kind == kind and (not acts or h.act in acts) and (not states or h.state in states)
        )

    done = ("applied",)
    return Sums(
        moves=number("carried_out", _BUDGETS, done),
        launches=number("carried_out", ("launch_campaign",), done),
        switched=number("carried_out", ("set_campaign_status",), done),
        ads_on=number("carried_out", ("ship_variant",), done),
        ads_off=number("carried_out", ("pause_variant",), done),
        questions=number("escalation_opened"),
        blocked=number("decision_blocked"),
        undone=number("voided") + number("carried_out", states=("rejected", "voided")),
    )


def _largest(facts: Facts) -> tuple[str, ...]:
    """For each currency the act that moved most daily budget, as a sentence."""
    who = {p.client: p for p in facts.passes}
    best: dict[str, tuple[int, str]] = {}
    for client, action in facts.moved:
        size, told = _told(action, who[client].currency)
        if size > best.get(who[client].currency, (0, ""))[0]:
            best[who[client].currency] = (size, f"{told} at {who[client].name}")
    return tuple(told for _, told in best.values())


def _told(action: Any, currency: str) -> tuple[int, str]:
    """How much daily budget an act moves, and between which channels."""
    changes = budget_changes(action)
    raised = sum(c.delta_micros for c in changes if c.delta_micros > 0)
    cut = -sum(c.delta_micros for c in changes if c.delta_micros < 0)
    size = max(raised, cut)
    amount = f"{money(size, currency)} a day"
    if not cut:
        return size, f"{amount} more for {_names(changes, 1)}"
    if not raised:
        return size, f"{amount} less for {_names(changes, -1)}"
    from_where, to_where = _names(changes, -1), _names(changes, 1)
    if from_where == to_where:
        return size, f"{amount} within {to_where}"
    return size, f"{amount} from {from_where} to {to_where}"


def _names(changes: tuple[BudgetChange, ...], sign: int) -> str:
    found = dict.fromkeys(channel(c.channel) for c in changes if sign * c.delta_micros > 0)
    return " and ".join(found)
