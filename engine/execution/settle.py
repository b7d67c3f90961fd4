"""Writes of unknown outcome: looked up in what the platform shows now, before anything is planned over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.model.accounts import CampaignState, Snapshot
from engine.model.changes import Change
from engine.model.ports import Intent, IntentState


@dataclass(frozen=True)
class Settled:
    """What became of one open intent, and the sentence for the ledger."""

    intent: Intent
    state: IntentState
    sentence: str


def settle(intents: Sequence[Intent], snapshot: Snapshot) -> tuple[Settled, ...]:
    """Decide each open intent of this account by reading.

    ``applied`` when the account shows it, ``abandoned`` when it does not: every write is an absolute set or a
    uniquely named create, so sending it again later is safe. Intents of other accounts are left alone.
    """
    mine = [i for i in intents if i.account == snapshot.account.account]
    return tuple(_settled(intent, snapshot) for intent in mine)


def _settled(intent: Intent, snapshot: Snapshot) -> Settled:
    name = intent.change.natural_key
    if shows(intent.change, snapshot):
        return Settled(intent, "applied", f"{name}: the write had arrived; the account shows it.")
    return Settled(intent, "abandoned", f"{name}: the write never arrived; nothing was changed.")


def shows(change: Change, snapshot: Snapshot) -> bool:
    """True when the account already is what the change wanted."""
    actual = snapshot.owned(change.campaign_key)
    if actual is None:
        return False
    match change.kind:
        case "create_campaign":
            return True
        case "set_budget":
            return actual.daily_micros == change.daily_micros
        case "enable_campaign":
            return actual.enabled
        case "pause_campaign":
            return not actual.enabled
    return _shows_ad(change, actual)


def _shows_ad(change: Change, actual: CampaignState) -> bool:
    if change.ad is None:
        return False
    state = next((ad for _, ad in actual.ads() if ad.variant == change.ad.variant), None)
    return state is not None and state.enabled == change.ad.enabled
