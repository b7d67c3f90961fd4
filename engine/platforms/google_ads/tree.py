"""A whole campaign as create operations, tied together by temporary (negative) ids.

Temporary ids are unique across all kinds of a request and defined before they are used; operations
of one kind stand together (developers.google.com/google-ads/api/docs/mutating/best-practices).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.ads.googleads.v26.services.types.google_ads_service import MutateOperation as _Wrapped

from engine.model.desired import DesiredAdGroup, DesiredCampaign
from engine.model.errors import BadInput
from engine.platforms.google_ads.ads import fill
from engine.platforms.google_ads.mapping import CHANNEL_TYPES, platform_name, set_enum

_Operation: Any = _Wrapped.pb()


@dataclass(frozen=True)
class Tree:
    """One campaign to create, with its own budget, paused."""

    customer: str
    wanted: DesiredCampaign
    temporary: Iterator[int]

    def operations(self) -> list[Any]:
        """Budget, campaign, places, ad groups, keywords, ads, in this order.

        Raises:
            BadInput: a channel or place Google has no word for.
        """
        budget = self._name("campaignBudgets")
        campaign = self._name("campaigns")
        groups = [(group, self._name("adGroups")) for group in self.wanted.ad_groups]
        return [
            self._budget(budget),
            self._campaign(campaign, budget),
            *(self._place(campaign, place) for place in self.wanted.locations),
            *(self._group(campaign, name, group) for group, name in groups),
            *(self._keyword(name, text) for group, name in groups for text in group.keywords),
            *self._ads(groups),
        ]

    def _name(self, collection: str) -> str:
        return f"customers/{self.customer}/{collection}/{next(self.temporary)}"

    def _budget(self, name: str) -> Any:
        wrapped = _Operation()
        created = wrapped.campaign_budget_operation.create
        created.resource_name = name
        created.amount_micros = self.wanted.daily_micros
        created.explicitly_shared = False  # left out, Google makes a shared budget
        set_enum(created, "delivery_method", "STANDARD")
        return wrapped

    def _campaign(self, name: str, budget: str) -> Any:
        wanted, wrapped = self.wanted, _Operation()
        kind = CHANNEL_TYPES.get(wanted.channel)
        if kind is None:
            raise BadInput(f"{wanted.campaign}: Google Ads does not carry {wanted.channel}.")
        created = wrapped.campaign_operation.create
        created.resource_name = name
        created.name = platform_name(wanted.name, wanted.campaign, wanted.client)
        created.campaign_budget = budget
        set_enum(created, "advertising_channel_type", kind)
        set_enum(created, "status", "PAUSED")  # left out, Google creates it ENABLED
        contains = "CONTAINS" if wanted.political else "DOES_NOT_CONTAIN"
        declared = f"{contains}_EU_POLITICAL_ADVERTISING"
        set_enum(created, "contains_eu_political_advertising", declared)
        created.maximize_conversions.SetInParent()
        if kind == "SEARCH":
            self._search_only(created)
        else:
            # left out, Google takes places on ad groups instead of the campaign; immutable later
            created.demand_gen_campaign_settings.upgraded_targeting = False
        return wrapped

    @staticmethod
    def _search_only(created: Any) -> None:
        network = created.network_settings
        network.target_google_search = True
        network.target_search_network = False
        network.target_content_network = False
        network.target_partner_search_network = False
        # left out, Google also serves people who are only interested in the place
        set_enum(created.geo_target_type_setting, "positive_geo_target_type", "PRESENCE")

    def _place(self, campaign: str, place: str) -> Any:
        if not place.isdecimal():
            raise BadInput(
                f"{self.wanted.campaign}: {place!r} is no place Google knows; give the number of a "
                "geo target constant, such as 2826 for the United Kingdom."
            )
        wrapped = _Operation()
        created = wrapped.campaign_criterion_operation.create
        created.campaign = campaign
        created.location.geo_target_constant = f"geoTargetConstants/{place}"
        return wrapped

    def _group(self, campaign: str, name: str, group: DesiredAdGroup) -> Any:
        wrapped = _Operation()
        created = wrapped.ad_group_operation.create
        created.resource_name = name
        created.campaign = campaign
        created.name = platform_name(group.name, group.ad_group, self.wanted.client)
        set_enum(created, "status", "ENABLED")
        if self.wanted.channel == "google_search":
            set_enum(created, "type_", "SEARCH_STANDARD")
        else:
            self._youtube_only(created)
        return wrapped

    @staticmethod
    def _youtube_only(created: Any) -> None:
        # a channel that is not selected is off: Discover, Gmail, Display, Maps
        selected = created.demand_gen_ad_group_settings.channel_controls.selected_channels
        selected.youtube_in_feed = True
        selected.youtube_in_stream = True
        selected.youtube_shorts = True

    @staticmethod
    def _keyword(group: str, text: str) -> Any:
        wrapped = _Operation()
        created = wrapped.ad_group_criterion_operation.create
        created.ad_group = group
        created.keyword.text = text
        set_enum(created, "status", "ENABLED")
        set_enum(created.keyword, "match_type", "PHRASE")
        return wrapped

    def _ads(self, groups: list[tuple[DesiredAdGroup, str]]) -> Iterator[Any]:
        for group, name in groups:
            for ad in group.ads:
                wrapped = _Operation()
                created = wrapped.ad_group_ad_operation.create
                created.ad_group = name
                fill(created, ad, self.wanted.channel)
                yield wrapped
