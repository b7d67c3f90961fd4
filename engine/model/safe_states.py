"""What a deadline that passed leads to: campaigns that are left alone, and what the platform does about them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.model.desired import Desired, titles
from engine.model.standing import BudgetWrite
from policies.actions import BudgetChange, Evidence, SetBudgets, SetCampaignStatus, budget_changes
from policies.agents import SAFE_STATE

QUESTION = "Question"
"""The name of the figure that says which question an action of the safe state belongs to."""
NOTHING_BACK = "There is no change of ours to take back that spent more, so nothing moves until somebody decides."
PAUSED_ALREADY = "What it speaks of does not run; nothing moves until somebody decides."


@dataclass(frozen=True)
class Overdue:
    """A question whose deadline has passed: its declared safe state and the campaigns it speaks of."""

    ref: str
    safe: str
    campaigns: frozenset[str]


def speaks_of(cause: str, action: Any, desired: Desired) -> frozenset[str]:
    """The campaigns a question is about: those of its action, those its cause names, or else all of ours.

    A cause names campaigns or channels between colons.
    """
    if action is not None:
        keys = {c.campaign for c in budget_changes(action)}
        return frozenset(keys or {action.campaign})
    named = set(cause.split(":")[1:])
    mine = {key for key, c in desired.items() if key in named or c.channel in named}
    return frozenset(mine or desired)


def held(overdue: Iterable[Overdue]) -> frozenset[str]:
    """Campaigns no agent moves until somebody decides."""
    return frozenset(key for one in overdue for key in one.campaigns)


def to_stop(overdue: Iterable[Overdue]) -> tuple[str, ...]:
    """Campaigns whose pause the policy orders."""
    return tuple(sorted({k for one in overdue if one.safe == "pause" for k in one.campaigns}))


def wishes(
    one: Overdue,
    desired: Desired,
    last: Mapping[str, BudgetWrite],
    client: str,
    currency: str,
) -> tuple[Any, ...]:
    """The actions that bring the safe state about; none for hold, or where there is nothing to do.

    ``last`` is our last budget write of each campaign. The gate judges them like any other wish.
    """
    mine = sorted(key for key in one.campaigns if key in desired)
    who: dict[str, Any] = {
        "client": client,
        "currency": currency,
        "agent": SAFE_STATE,
        "evidence": (Evidence(name=QUESTION, value=one.ref),),
    }
    if one.safe == "pause":
        return tuple(_pause(one, key, desired, who) for key in mine if desired[key].enabled)
    if one.safe == "revert":
        return tuple(_reverts(one, mine, desired, last, who))
    return ()


def ref_of(action: Any) -> str:
    """The question an action of the safe state belongs to; "" for any other action."""
    if getattr(action, "agent", "") != SAFE_STATE:
        return ""
    return next((str(e.value) for e in action.evidence if e.name == QUESTION), "")


def _pause(one: Overdue, key: str, desired: Desired, who: Mapping[str, Any]) -> SetCampaignStatus:
    campaign = desired[key]
    return SetCampaignStatus(
        **who,
        reason=f"Nobody decided {one.ref} in time, and the policy's safe state for it is to pause.",
        campaign=key,
        account=campaign.account,
        channel=campaign.channel,
        enabled=False,
        daily_micros=campaign.daily_micros,
    )


def _reverts(
    one: Overdue,
    keys: Iterable[str],
    desired: Desired,
    last: Mapping[str, BudgetWrite],
    who: Mapping[str, Any],
) -> Iterable[SetBudgets]:
    by_account: dict[str, list[BudgetChange]] = {}
    for key in keys:
        write, campaign = last.get(key), desired[key]
        if write is None or not write.before_micros or write.after_micros != campaign.daily_micros:
            continue  # a launch has nothing before it, and what was changed since is not ours to take back
        if write.before_micros > write.after_micros:
            continue  # it was a cut: taking it back would spend more with nobody deciding
        row = BudgetChange(
            campaign=key,
            account=campaign.account,
            channel=campaign.channel,
            before_micros=write.after_micros,
            after_micros=write.before_micros,
        )
        by_account.setdefault(campaign.account, []).append(row)
    for rows in by_account.values():
        names = " and ".join(titles(desired, *(row.campaign for row in rows)))
        yield SetBudgets(
            **who,
            reason=(
                f"Nobody decided {one.ref} in time, and the policy's safe state for it is to take back"
                f" our last change of {names}."
            ),
            changes=tuple(rows),
        )
