"""Campaigns that carry our mark but are not in the desired state yet: taken over exactly as they are."""

from __future__ import annotations

from engine.model.accounts import CampaignState, Snapshot
from engine.model.desired import Desired, DesiredAd, DesiredAdGroup, DesiredCampaign


def adopted(client: str, desired: Desired, snapshot: Snapshot) -> dict[str, DesiredCampaign]:
    """The marked campaigns of an account that ``desired`` does not know, by natural key.

    Adopting changes nothing on the platform: what is there becomes what should be there.
    """
    return {
        c.campaign: as_it_is(client, c, snapshot.account.account)
        for c in snapshot.campaigns
        if c.campaign is not None and c.campaign not in desired
    }


def as_it_is(client: str, campaign: CampaignState, account: str) -> DesiredCampaign:
    """A campaign of ours as the platform shows it, as what should be."""
    return DesiredCampaign(
        client=client,
        campaign=campaign.campaign or "",
        account=account,
        channel=campaign.channel,
        name=campaign.name,
        daily_micros=campaign.daily_micros,
        enabled=campaign.enabled,
        ad_groups=tuple(
            DesiredAdGroup(
                ad_group=g.ad_group,
                name=g.name,
                keywords=g.keywords,
                ads=tuple(
                    DesiredAd(
                        variant=a.variant,
                        concept=a.variant.rsplit("-", 1)[0],
                        text=a.text,
                        enabled=a.enabled,
                    )
                    for a in g.ads
                    if a.variant is not None
                ),
            )
            for g in campaign.ad_groups
            if g.ad_group is not None
        ),
    )
