"""What somebody changed past us: noticed, asked about, and then either taken over or put back.

Never fought: while nobody has answered, the campaign is left alone as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from engine.execution.diff import changes
from engine.model.accounts import CampaignState, Snapshot
from engine.model.alarms import Alarm, Option
from engine.model.changes import Change
from engine.model.desired import Desired, DesiredCampaign
from policies.actions import (
    AdSpec,
    BudgetChange,
    Evidence,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShipVariant,
)

AGENT = "put_back"
_WHAT = {
    "set_budget": "Daily budget",
    "enable_campaign": "Status",
    "pause_campaign": "Status",
    "create_campaign": "Campaign",
}


@dataclass(frozen=True)
class Edit:
    """One campaign of ours that differs from what we left; ``changes`` would put it back.

    ``actual`` is None when the campaign is gone.
    """

    wanted: DesiredCampaign
    actual: CampaignState | None
    changes: tuple[Change, ...]

    @property
    def cause(self) -> str:
        """The key its question stands under: one open question per campaign."""
        return f"outside_edit:{self.wanted.campaign}"

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """What, as we left it, as it is now."""
        return tuple(
            (_WHAT.get(c.kind) or f"Ad {c.ad.variant if c.ad else ''}", c.after, c.before)
            for c in self.changes
        )

    @property
    def fingerprint(self) -> str:
        """Of exactly this difference: an answer to an older one does not count for it."""
        return hashlib.sha256(f"{self.cause}:{self.rows}".encode()).hexdigest()


def differences(
    desired: Desired, snapshots: Iterable[Snapshot], busy: Collection[str]
) -> tuple[Edit, ...]:
    """Every campaign that differs and that no waiting order or open write (``busy``) explains."""
    found: list[Edit] = []
    for snapshot in snapshots:
        by_campaign: dict[str, list[Change]] = {}
        for change in changes(desired, snapshot):
            by_campaign.setdefault(change.campaign_key, []).append(change)
        found += [
            Edit(desired[key], snapshot.owned(key), tuple(those))
            for key, those in by_campaign.items()
            if key not in busy
        ]
    return tuple(sorted(found, key=lambda edit: edit.cause))


def alarm(edit: Edit, currency: str) -> Alarm:
    """The question to a person: take over what is there, or put back what we left."""
    name = edit.wanted.title
    told = "; ".join(f"{what} from {ours} to {theirs}" for what, ours, theirs in edit.rows)
    back = (
        "A removed campaign cannot be brought back; write a brief for a new one."
        if edit.actual is None
        else "The next pass asks the gate to set it as we left it; what a bound stops becomes a question."
    )
    take = (
        "We forget the campaign; nothing is written."
        if edit.actual is None
        else "What is there becomes ours, nothing is written, and the agents go on from it."
    )
    return Alarm(
        kind="outside_edit",
        cause=edit.cause,
        title=_title(name),
        what=(
            f"{name} was changed outside the platform: {told} (money in {currency} a day). "
            "The campaign is left alone until you decide."
        ),
        evidence=tuple(
            Evidence(name=what, value=f"{ours} -> {theirs}") for what, ours, theirs in edit.rows
        ),
        options=(
            Option(label="Approve: keep the edit", consequence=take),
            Option(label="Reject: put ours back", consequence=back),
        ),
        fingerprint=edit.fingerprint,
        before_after=edit.rows,
    )


def taken_over(edit: Edit) -> DesiredCampaign | None:
    """The campaign as somebody left it, as what should be from now on; None when it is gone."""
    actual = edit.actual
    if actual is None:
        return None
    running = {ad.variant for _, ad in actual.ads() if ad.enabled}
    groups = tuple(
        g.model_copy(
            update={
                "ads": tuple(a.model_copy(update={"enabled": a.variant in running}) for a in g.ads)
            }
        )
        for g in edit.wanted.ad_groups
    )
    there = {"daily_micros": actual.daily_micros, "enabled": actual.enabled, "ad_groups": groups}
    return edit.wanted.model_copy(update=there)


def put_back(edit: Edit, currency: str) -> tuple[Any, ...]:
    """The wishes that would set the campaign as we left it; the gate judges them like any other."""
    if edit.actual is None:
        return ()
    return tuple(_wish(change, edit, currency) for change in edit.changes)


def _wish(change: Change, edit: Edit, currency: str) -> Any:
    wanted, actual = edit.wanted, edit.actual
    assert actual is not None
    place: dict[str, Any] = {
        "campaign": wanted.campaign,
        "account": wanted.account,
        "channel": wanted.channel,
    }
    who: dict[str, Any] = {
        "client": wanted.client,
        "currency": currency,
        "agent": AGENT,
        "reason": f"Put back what was changed outside the platform: {change.sentence}.",
    }
    if change.kind == "set_budget":
        row = BudgetChange(
            **place, before_micros=actual.daily_micros, after_micros=wanted.daily_micros
        )
        return SetBudgets(**who, changes=(row,))
    if change.ad is None:
        return SetCampaignStatus(
            **who, **place, enabled=wanted.enabled, daily_micros=actual.daily_micros
        )
    group = next(g.ad_group for g in wanted.ad_groups if change.ad in g.ads)
    if change.kind == "pause_ad":
        return PauseVariant(**who, **place, ad_group=group, variant=change.ad.variant)
    ad = AdSpec(variant=change.ad.variant, concept=change.ad.concept, text=change.ad.text)
    return ShipVariant(**who, **place, ad_group=group, ad=ad)


def _title(name: str) -> str:
    text = f"Changed by hand: {name}"
    return text if len(text) <= 52 else f"{text[:49]}..."
