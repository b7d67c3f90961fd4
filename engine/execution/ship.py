"""Carry out one cleared action: intents first, one atomic write, read back, until the account agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.execution.diff import changes
from engine.execution.obstacles import obstacle, touched
from engine.model.accounts import Snapshot
from engine.model.changes import Change, Receipt
from engine.model.desired import Desired, after
from engine.model.errors import Fault, TryLater, UnknownOutcome
from engine.model.ports import IntentLog, IntentState, Platform
from policies.actions import (
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
)
from policies.gate import Cleared

_PASSES = 3  # create, then ads the create left out, then activate; a fourth would be a loop


def covers(action: Any, change: Change) -> bool:
    """True when the cleared action speaks of exactly this write; a difference it does not mention stays."""
    match action:
        case SetBudgets() | ShiftBudget():
            return change.kind == "set_budget"
        case SetCampaignStatus():
            return change.kind in {"enable_campaign", "pause_campaign"}
        case ShipVariant():
            return change.ad is not None and change.ad.variant == action.ad.variant
        case PauseVariant():
            return change.ad is not None and change.ad.variant == action.variant
        case LaunchCampaign():
            return change.campaign_key == action.campaign
    return False


def pending(action: Any, desired: Desired, snapshot: Snapshot) -> tuple[Change, ...]:
    """What is left to write for an action; empty when the account already is what it asks for."""
    goal = after(desired, action)
    scoped = {key: goal[key] for key in touched(action)}
    return tuple(c for c in changes(scoped, snapshot) if covers(action, c))


@dataclass(frozen=True)
class Shipment:
    """What happened to one cleared action.

    ``desired`` is the new desired state when it was carried out in full, else the old one.
    ``snapshot`` is the last read-back. ``written`` lists the changes that reached the platform.
    """

    receipt: Receipt
    desired: Desired
    snapshot: Snapshot
    written: tuple[Change, ...]


@dataclass(frozen=True)
class Shipper:
    """The hands: one platform and the log that remembers what they were about to do."""

    platform: Platform
    intents: IntentLog

    def ship(
        self, cleared: Cleared, decision: str, desired: Desired, snapshot: Snapshot, now: datetime
    ) -> Shipment:
        """Make the account agree with ``cleared.action`` on top of ``desired``.

        The campaigns the action touches are written, nothing else. Creates arrive paused and are enabled
        only after the read-back shows them. Nothing is retried here: an unknown outcome ends the shipment.

        Raises:
            Fault: the platform could not be asked; nothing was sent.
            UnknownOutcome: the same after a write had arrived: the account is not what ``snapshot`` says.
        """
        written: list[Change] = []
        try:
            return self._ship(cleared.action, decision, desired, snapshot, now, written)
        except Fault as fault:
            if written:
                raise UnknownOutcome(f"Written, but not read back: {fault}") from fault
            raise

    def _ship(
        self,
        action: Any,
        decision: str,
        desired: Desired,
        snapshot: Snapshot,
        now: datetime,
        written: list[Change],
    ) -> Shipment:
        refusal = obstacle(action, desired, snapshot)
        if refusal:
            return Shipment(Receipt("rejected", refusal), desired, snapshot, ())
        goal = after(desired, action)
        for _ in range(_PASSES):
            todo = pending(action, desired, snapshot)
            if not todo:
                told = Receipt("applied" if written else "already")
                return Shipment(told, goal, snapshot, tuple(written))
            receipt = self._write(action.client, decision, todo, snapshot, now)
            if receipt.outcome in {"rejected", "unknown", "not_sent"}:
                return Shipment(receipt, desired, snapshot, tuple(written))
            written += todo
            snapshot = self.platform.snapshot(action.client, snapshot.account, now)
        left = "; ".join(c.sentence for c in pending(action, desired, snapshot))
        if not left:
            return Shipment(Receipt("applied"), goal, snapshot, tuple(written))
        told = Receipt("unknown", f"Written, but the account still differs: {left}.")
        return Shipment(told, desired, snapshot, tuple(written))

    def _write(
        self,
        client: str,
        decision: str,
        todo: Sequence[Change],
        snapshot: Snapshot,
        now: datetime,
    ) -> Receipt:
        account = snapshot.account
        if any(c.kind in {"create_campaign", "create_ad"} for c in todo):
            refusal = self.platform.validate(account, todo)
            if refusal:
                return Receipt("rejected", refusal)
        try:
            opened = self.intents.open(client, account.account, decision, todo, now)
        except TryLater as busy:
            return Receipt("not_sent", f"Not sent: {busy}")
        receipt = self.platform.apply(account, todo)
        outcome = receipt.outcome
        state: IntentState = "abandoned" if outcome == "not_sent" else outcome
        self.intents.close(opened, state, receipt.sentence, now)
        return receipt
