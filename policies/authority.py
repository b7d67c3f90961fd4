"""Who may do what: agent by lever by size, as the gate itself answers. Pure.

There is no second truth: every cell is found by asking ``gate.judge`` about acts of a growing size on the
accounts as they stand. Each bound grows with the size of one act alone, so the sizes allowed are the first ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policies.actions import CHANNELS
from policies.gate import judge
from policies.levers_asked import LEVERS, Ground, Lever
from policies.policy import Policy
from policies.standing import CampaignStanding, Standing
from policies.verdict import Allowed, Blocked


@dataclass(frozen=True)
class Cell:
    """How far one agent may pull one lever on one channel.

    ``alone`` is the largest size done without asking and ``largest`` the largest asked about; 0: it always asks.
    ``upto`` says ``alone`` in words, ``why`` is the gate's sentence on the next size. ``rule`` is the guardrail that
    stops it there, else the one that bounds the lever.
    """

    agent: str
    lever: Lever
    channel: str
    alone: int
    largest: int
    upto: str
    why: str
    rule: str
    ground: Ground

    @property
    def limit(self) -> Any | None:
        """The largest act done alone; None where it always asks."""
        return self.lever.at(self.ground, self.alone) if self.alone else None

    @property
    def free(self) -> bool:
        """True where even the largest size asks nobody."""
        return self.alone == self.largest


def settled(standing: Standing) -> Standing:
    """The standing once every write is settled, every figure fresh and nothing paused by hand.

    What holds only today (a budget already written, a late source) is no part of anybody's authority.
    """
    return standing.model_copy(
        update={
            "paused": False,
            "accounts": tuple(a.model_copy(update={"stale": False}) for a in standing.accounts),
            "campaigns": tuple(
                c.model_copy(update={"written_today": False, "pending_micros": ()})
                for c in standing.campaigns
            ),
        }
    )


def matrix(policy: Policy, standing: Standing, agents: Sequence[str]) -> tuple[Cell, ...]:
    """Every agent, lever and channel with a running campaign; the channel's largest campaign stands for it."""
    there = settled(standing)
    return tuple(
        _cell(Ground(policy, there, agent, campaign), lever)
        for lever in LEVERS
        for campaign in _largest(there)
        for agent in agents
        if lever.at(Ground(policy, there, agent, campaign), 1) is not None
    )


def _largest(standing: Standing) -> Iterator[CampaignStanding]:
    for channel in CHANNELS:
        running = [
            c
            for c in standing.campaigns
            if c.channel == channel and c.enabled and not c.campaign.startswith(("other/", "gone/"))
        ]
        if running:
            yield max(running, key=lambda c: c.daily_micros)


def _cell(ground: Ground, lever: Lever) -> Cell:
    low, high = 0, lever.most(ground)
    largest = high
    while low < high:
        middle = (low + high + 1) // 2
        act = lever.at(ground, middle)
        if act is not None and isinstance(_asked(ground, act), Allowed):
            low = middle
        else:
            high = middle - 1
    after = lever.at(ground, low + 1) if low < largest else None
    verdict = _asked(ground, after) if after is not None else None
    reasons = {r.rule: r for r in verdict.reasons if r.outcome != "allow"} if verdict else {}
    first = reasons.get(lever.rule) or next(iter(reasons.values()), None)
    return Cell(
        agent=ground.agent,
        lever=lever,
        channel=ground.campaign.channel,
        alone=low,
        largest=largest,
        upto=lever.told(ground, low) if low else "",
        why=first.sentence if first else "",
        rule=first.rule if first else lever.rule,
        ground=ground,
    )


def _asked(ground: Ground, act: Any) -> Any:
    return judge(act, ground.policy, ground.standing)


def never(cell: Cell) -> bool:
    """True where the gate blocks what the lever calls forbidden; False where it names nothing."""
    acts = list(cell.lever.forbidden(cell.ground))
    return bool(acts) and all(isinstance(_asked(cell.ground, a), Blocked) for a in acts)
