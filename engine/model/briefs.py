"""A campaign that does not exist yet, as a person described it: what a plan may propose to open."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policies.actions import AdGroupSpec, AdSpec, Frozen, Key, LaunchCampaign, Micros


class Brief(Frozen):
    """What a strategist wants opened.

    ``daily_micros`` in the client's currency; ``locations`` are the platform's own place ids
    (Google: 2826 is the United Kingdom). ``offer`` is the key of what the campaign would sell.
    """

    campaign: Key
    account: Key
    channel: str
    name: str
    daily_micros: Micros
    locations: Annotated[tuple[str, ...], Field(min_length=1)]
    political: bool
    ad_group: Key
    ad_group_name: str
    keywords: tuple[str, ...]
    concept: Key
    offer: Key | None = None

    def launch(self, client: str, currency: str, ads: tuple[AdSpec, ...]) -> LaunchCampaign:
        """The action that would open it with these ads (at least one)."""
        group = AdGroupSpec(
            ad_group=self.ad_group, name=self.ad_group_name, keywords=self.keywords, ads=ads
        )
        return LaunchCampaign(
            client=client,
            currency=currency,
            agent="planning",
            reason=f"The brief for {self.name} is written and its concept approved.",
            campaign=self.campaign,
            account=self.account,
            channel=self.channel,
            name=self.name,
            daily_micros=self.daily_micros,
            locations=self.locations,
            political=self.political,
            ad_groups=(group,),
            offer=self.offer,
        )
