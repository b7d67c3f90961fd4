"""What the platform suites ask for: a small campaign and the changes that speak of it."""

from engine.model.changes import Change
from engine.model.copy import variant_key
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from policies.actions import AdText

CLIENT = "northgate"


def text(first: str = "Plain advice") -> AdText:
    return AdText(
        headlines=(first, "Talk to an expert", "Book a call today"),
        descriptions=("Clear answers for a fixed price.", "Ask us before you sign."),
        path=("advice",),
        final_url="https://example.com/advice",
        business_name="Northgate",
    )


def ad(first: str = "Plain advice") -> DesiredAd:
    words = text(first)
    return DesiredAd(variant=variant_key("advice", words), concept="advice", text=words)


def campaign(account, channel="google_search", key="search-core", **more) -> DesiredCampaign:
    keywords = ("tax advice", "company advice") if channel == "google_search" else ()
    group = DesiredAdGroup(ad_group="general", name="General", keywords=keywords, ads=(ad(),))
    facts = {
        "client": CLIENT,
        "campaign": key,
        "account": account.account,
        "channel": channel,
        "name": "Core services",
        "daily_micros": 30_000_000,
        "enabled": True,
        "locations": ("2826",),
        "ad_groups": (group,),
    }
    return DesiredCampaign(**(facts | more))


def create(wanted: DesiredCampaign) -> Change:
    return Change(
        kind="create_campaign",
        natural_key=f"campaign/{wanted.campaign}",
        client=wanted.client,
        campaign_key=wanted.campaign,
        channel=wanted.channel,
        before="absent",
        after="paused",
        daily_micros=wanted.daily_micros,
        daily_before_micros=0,
        campaign=wanted,
    )


def of(state, kind, **more) -> Change:
    """A change to a campaign as read."""
    facts = {
        "kind": kind,
        "natural_key": f"{kind}/{state.campaign}",
        "client": CLIENT,
        "campaign_key": state.campaign or "",
        "channel": state.channel,
        "before": "",
        "after": "",
        "campaign_resource": state.resource,
        "budget_resource": state.budget_resource,
    }
    return Change(**(facts | more))
