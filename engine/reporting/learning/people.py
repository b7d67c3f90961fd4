"""How people and agents did in a month. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from policies.agents import PERSON

RUBBER_STAMP_SECONDS = 10
"""A yes given sooner after the card was first opened was hardly read (a convention of the house)."""


@dataclass(frozen=True)
class PersonFigures:
    """One person's answers.

    ``seconds`` is the median from first opening a card to the answer (None: no card was
    opened before an answer), ``stamped`` the share of timed approvals given within ten seconds (None: none was timed),
    ``overrides`` approvals of what a rule had held back.
    """

    person: str
    decided: int
    approved: int
    rejected: int
    deferred: int
    seconds: float | None
    stamped: float | None
    overrides: int


@dataclass(frozen=True)
class AgentFigures:
    """One agent's decisions.

    ``turned_down`` were asked for and rejected by a person; ``outcomes`` counts those judged
    in the month by word, ``hit_rate`` the better ones of those something could be said of (None: of none).
    """

    agent: str
    decided: int
    allowed: int
    escalated: int
    blocked: int
    overridden: int
    turned_down: int
    outcomes: Mapping[str, int]
    hit_rate: float | None


def people(
    answers: Iterable[Mapping[str, Any]], bounds: Mapping[str, str]
) -> tuple[PersonFigures, ...]:
    """Who answered what; ``bounds`` names the questions that were about a rule. The most answers come first."""
    by_person: dict[str, list[Mapping[str, Any]]] = {}
    for row in answers:
        by_person.setdefault(row["actor"], []).append(row)
    found = (_person(person, rows, bounds) for person, rows in by_person.items())
    return tuple(sorted(found, key=lambda p: (-p.decided, p.person)))


def _person(person: str, rows: list[Mapping[str, Any]], bounds: Mapping[str, str]) -> PersonFigures:
    did = [row["kind"].removeprefix("escalation_") for row in rows]
    seconds = [_seconds(row) for row in rows]
    timed = [s for s in seconds if s is not None]
    yes = [s for s, word in zip(seconds, did, strict=True) if word == "approved" and s is not None]
    return PersonFigures(
        person=person,
        decided=len(rows),
        approved=did.count("approved"),
        rejected=did.count("rejected") + did.count("tightened"),
        deferred=did.count("deferred"),
        seconds=median(timed) if timed else None,
        stamped=sum(s <= RUBBER_STAMP_SECONDS for s in yes) / len(yes) if yes else None,
        overrides=sum(
            word == "approved" and row["ref"] in bounds for row, word in zip(rows, did, strict=True)
        ),
    )


def _seconds(row: Mapping[str, Any]) -> float | None:
    found = json.loads(row["detail_json"] or "{}").get("seconds_to_decide")
    return float(found) if isinstance(found, int | float) else None


def agents(
    decisions: Iterable[Mapping[str, Any]], judged: Mapping[tuple[str, str], int]
) -> tuple[AgentFigures, ...]:
    """What each agent decided and how its acts were judged; people's own moves are left out."""
    by_agent: dict[str, list[Mapping[str, Any]]] = {}
    for row in decisions:
        if not row["agent"].startswith(PERSON):
            by_agent.setdefault(row["agent"], []).append(row)
    for agent, _ in judged:
        if not agent.startswith(PERSON):
            by_agent.setdefault(agent, [])
    found = (_agent(agent, rows, judged) for agent, rows in by_agent.items())
    return tuple(sorted(found, key=lambda a: (-a.decided, a.agent)))


def _agent(
    agent: str, rows: list[Mapping[str, Any]], judged: Mapping[tuple[str, str], int]
) -> AgentFigures:
    verdicts = [row["verdict"] for row in rows]
    outcomes = {word: n for (who, word), n in judged.items() if who == agent}
    said = sum(n for word, n in outcomes.items() if word != "too_little")
    return AgentFigures(
        agent=agent,
        decided=len(rows),
        allowed=verdicts.count("allowed"),
        escalated=verdicts.count("escalated"),
        blocked=verdicts.count("blocked"),
        overridden=sum(overridden(row) for row in rows),
        turned_down=sum(row["answered"] in {"rejected", "tightened"} for row in rows),
        outcomes=outcomes,
        hit_rate=outcomes.get("better", 0) / said if said else None,
    )


def overridden(row: Mapping[str, Any]) -> bool:
    """Whether a person said yes to what the rules had held back."""
    return row["verdict"] == "escalated" and bool(row["approval_json"])
