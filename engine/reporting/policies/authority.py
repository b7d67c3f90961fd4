"""Who may do what for one client: agent by lever by size, as the gate answers on the accounts as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.model.people import Scope
from engine.reporting.client.standing import stored_standing
from engine.reporting.words import channel as channel_name
from engine.store import Store, clients, passes
from policies.agents import PERSON
from policies.authority import Cell, matrix, never
from policies.policy import Policy
from policies.rule import CHANNEL_NAMES, Rule

AGENTS: Mapping[str, str] = {
    "pacing": "Pacing",
    "channel_mix": "Channel mix",
    "pause_losers": "Ad pausing",
    "creative": "Creative",
    f"{PERSON}anybody": "A person's own move",
}
"""Everybody who may wish for something; a person's move takes the same gate."""
PHASES = {
    "configure": "Configuration",
    "launch": "Launch",
    "closed_loop": "Closed loop",
    "continuous": "Continuous",
}
State = Literal["alone", "upto", "asks"]


@dataclass(frozen=True)
class Entry:
    """One cell. ``state`` alone: any size; upto: to the size in ``size``; asks: a person decides every time."""

    state: State
    size: str


@dataclass(frozen=True)
class Line:
    """One lever on one channel. ``entries`` by agent; the rest is of the first agent that goes furthest.

    ``why`` is the gate's sentence on the next size, or the bound where one act never meets it; ``rule`` is the name
    and ``rule_title`` the title of the guardrail that says so. ``never`` is what the gate blocks whatever anybody
    approves; empty: nothing of its own.
    """

    lever: str
    entries: Mapping[str, Entry]
    why: str
    rule: str
    rule_title: str
    never: str


@dataclass(frozen=True)
class Authority:
    """The page. ``version`` is None without a policy in force; ``lines`` are by channel."""

    name: str
    phase: str
    version: int | None
    lead: str
    lines: Mapping[str, tuple[Line, ...]]


def authority(store: Store, scope: Scope, client: str, now: datetime) -> Authority:
    """The matrix of one client at ``now`` (aware UTC), under the policy in force and in the client's phase.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    scope.check(client, "strategist", "team", "admin")
    with store.read() as conn:
        who = clients.client(conn, client)
        policy = passes.policy_in_force(conn, client)
        there = stored_standing(conn, client, now).shown
    phase = PHASES[who.phase]
    if policy is None:
        lead = (
            "No policy is in force, so the gate stops everything but pauses that a person orders."
        )
        return Authority(who.name, phase, None, lead, {})
    there = there.model_copy(update={"phase": who.phase})
    lines = _lines(policy, matrix(policy, there, tuple(AGENTS)))
    return Authority(who.name, phase, policy.version, _lead(phase, lines), lines)


def _lines(policy: Policy, cells: Sequence[Cell]) -> dict[str, tuple[Line, ...]]:
    by_channel: dict[str, dict[str, list[Cell]]] = {}
    for cell in cells:
        by_channel.setdefault(cell.channel, {}).setdefault(cell.lever.key, []).append(cell)
    rules = {rule.name: rule for rule in policy.guardrails}
    return {
        channel: tuple(_line(found, rules) for found in by_channel[channel].values())
        for channel in CHANNEL_NAMES
        if channel in by_channel
    }


def _line(cells: Sequence[Cell], rules: Mapping[str, Rule]) -> Line:
    # What the platform may do alone is what a bound is read for; a person stands beside it.
    furthest = max(cells, key=lambda c: (not c.agent.startswith(PERSON), c.alone))
    rule = rules.get(furthest.rule)
    bound = rule.describe() if rule and furthest.free else ""
    return Line(
        lever=furthest.lever.title,
        entries={c.agent: _entry(c) for c in cells},
        why=furthest.why or bound,
        rule=furthest.rule,
        rule_title=rule.title if rule else "The gate itself",
        never=furthest.lever.never if never(furthest) else "",
    )


def _entry(cell: Cell) -> Entry:
    if not cell.alone:
        return Entry("asks", "")
    return Entry("alone", "") if cell.free else Entry("upto", cell.upto)


def _of_agents(line: Line) -> list[Entry]:
    """What the platform's own agents may do of a line."""
    return [e for agent, e in line.entries.items() if not agent.startswith(PERSON)]


def _lead(phase: str, lines: Mapping[str, Sequence[Line]]) -> str:
    """The sentence a client may read."""
    every = [line for found in lines.values() for line in found]
    if not every:
        return "No campaign runs yet, so there is nothing anybody could do alone."
    alone = [e for line in every for e in _of_agents(line)]
    if all(e.state == "asks" for e in alone):
        return f"In the {phase.lower()} phase nothing is done without asking a person."
    channel, found = next(iter(lines.items()))
    raised = next((x for x in found if x.lever == "Raise a budget"), None)
    sizes = {e.size for e in _of_agents(raised) if e.size} if raised else set()
    most = max(sizes, key=len, default="")
    said = (
        f"On {channel_name(channel)} the platform may raise a budget by up to {most} without asking; past"
        " that a person decides."
        if most
        else f"On {channel_name(channel)} every raise of a budget asks a person at present"
        f" ({raised.rule_title.lower() if raised else 'no bound'})."
    )
    return f"{said} No campaign is ever opened without one."
