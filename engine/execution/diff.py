"""Desired against actual: which absolute writes would make the account what it should be.

Only campaigns of ours and managed fields are compared (daily budget, status, ads); nothing else is ever
written. Text already live is never edited: a changed text is a new variant.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.accounts import CampaignState, Snapshot
from engine.model.changes import Change
from engine.model.desired import Desired, DesiredCampaign
from policies.money import decimal_text

_ORDER = (
    "create_campaign",
    "pause_campaign",
    "pause_ad",
    "decrease",
    "create_ad",
    "enable_ad",
    "increase",
    "enable_campaign",
)


def changes(desired: Desired, snapshot: Snapshot) -> tuple[Change, ...]:
    """The writes for one account, stops and decreases first, activations last.

    Campaigns of other accounts are passed over. Empty when the account agrees.
    """
    wanted = (c for c in desired.values() if c.account == snapshot.account.account)
    found = [change for campaign in wanted for change in _of_campaign(campaign, snapshot)]
    return tuple(sorted(found, key=_rank))


def _rank(change: Change) -> tuple[int, str]:
    step: str = change.kind
    if change.kind == "set_budget":
        grows = (change.daily_micros or 0) > (change.daily_before_micros or 0)
        step = "increase" if grows else "decrease"
    return _ORDER.index(step), change.natural_key


def _of_campaign(wanted: DesiredCampaign, snapshot: Snapshot) -> Iterator[Change]:
    actual = snapshot.owned(wanted.campaign)
    if actual is None:
        yield Change(
            kind="create_campaign",
            natural_key=f"campaign/{wanted.campaign}",
            client=wanted.client,
            campaign_key=wanted.campaign,
            channel=wanted.channel,
            before="absent",
            after=f"paused at {decimal_text(wanted.daily_micros)} a day",
            daily_micros=wanted.daily_micros,
            daily_before_micros=0,
            campaign=wanted,
        )
        return
    yield from _budget(wanted, actual)
    yield from _status(wanted, actual)
    yield from _ads(wanted, actual)


def _budget(wanted: DesiredCampaign, actual: CampaignState) -> Iterator[Change]:
    if wanted.daily_micros != actual.daily_micros:
        yield Change(
            kind="set_budget",
            natural_key=f"budget/{wanted.campaign}",
            client=wanted.client,
            campaign_key=wanted.campaign,
            channel=wanted.channel,
            before=decimal_text(actual.daily_micros),
            after=decimal_text(wanted.daily_micros),
            daily_micros=wanted.daily_micros,
            daily_before_micros=actual.daily_micros,
            campaign_resource=actual.resource,
            budget_resource=actual.budget_resource,
        )


def _status(wanted: DesiredCampaign, actual: CampaignState) -> Iterator[Change]:
    if wanted.enabled != actual.enabled:
        yield Change(
            kind="enable_campaign" if wanted.enabled else "pause_campaign",
            natural_key=f"status/{wanted.campaign}",
            client=wanted.client,
            campaign_key=wanted.campaign,
            channel=wanted.channel,
            before=_word(enabled=actual.enabled),
            after=_word(enabled=wanted.enabled),
            campaign_resource=actual.resource,
        )


def _ads(wanted: DesiredCampaign, actual: CampaignState) -> Iterator[Change]:
    live = {ad.variant: ad for _, ad in actual.ads() if ad.variant}
    groups = {group.ad_group: group.resource for group in actual.ad_groups if group.ad_group}
    for group in wanted.ad_groups:
        for ad in group.ads:
            seen = live.get(ad.variant)
            if seen is not None and seen.enabled == ad.enabled:
                continue
            if seen is None and (not ad.enabled or group.ad_group not in groups):
                continue
            stop = seen is not None and not ad.enabled
            yield Change(
                kind="create_ad" if seen is None else "pause_ad" if stop else "enable_ad",
                natural_key=f"ad/{ad.variant}" if seen is None else f"ad-status/{ad.variant}",
                client=wanted.client,
                campaign_key=wanted.campaign,
                channel=wanted.channel,
                before="absent" if seen is None else _word(enabled=seen.enabled),
                after=_word(enabled=ad.enabled),
                ad=ad,
                campaign_resource=actual.resource,
                ad_group_resource=groups.get(group.ad_group, ""),
                ad_resource=seen.resource if seen else "",
            )


def _word(*, enabled: bool) -> str:
    return "enabled" if enabled else "paused"
