"""The messages that would be sent: guarded switches set, masks exact, ids in order."""

import pytest

from engine.model.accounts import Account
from engine.model.errors import BadInput
from tests.engine.platforms import things

ACCOUNT = Account("google_ads", "1000000001", "Northgate", "GBP", "Europe/London")


@pytest.fixture(scope="module")
def built():
    from engine.platforms.google_ads.operations import operations

    return lambda *changes: operations(ACCOUNT.account, changes)


def kinds(operations):
    return [op.WhichOneof("operation") for op in operations]


def created(operations, kind):
    return [getattr(op, kind).create for op in operations if op.WhichOneof("operation") == kind]


def enum(message, field):
    described = message.DESCRIPTOR.fields_by_name[field].enum_type
    return described.values_by_number[getattr(message, field)].name


@pytest.mark.parametrize("channel", ["google_search", "youtube"])
def test_a_tree_is_paused_with_a_budget_of_its_own_and_a_declaration(built, channel):
    operations = built(things.create(things.campaign(ACCOUNT, channel)))
    (budget,) = created(operations, "campaign_budget_operation")
    assert budget.HasField("explicitly_shared")
    assert not budget.explicitly_shared
    assert budget.amount_micros == 30_000_000
    (campaign,) = created(operations, "campaign_operation")
    assert enum(campaign, "status") == "PAUSED"
    declared = enum(campaign, "contains_eu_political_advertising")
    assert declared == "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING"
    assert campaign.campaign_budget == budget.resource_name
    assert campaign.WhichOneof("campaign_bidding_strategy") == "maximize_conversions"


def test_a_political_campaign_says_so(built):
    operations = built(things.create(things.campaign(ACCOUNT, political=True)))
    (campaign,) = created(operations, "campaign_operation")
    declared = enum(campaign, "contains_eu_political_advertising")
    assert declared == "CONTAINS_EU_POLITICAL_ADVERTISING"


def test_a_search_campaign_leaves_partner_and_display_networks_off(built):
    operations = built(things.create(things.campaign(ACCOUNT)))
    network = created(operations, "campaign_operation")[0].network_settings
    assert network.target_google_search
    for off in (
        "target_search_network",
        "target_content_network",
        "target_partner_search_network",
    ):
        assert network.HasField(off)
        assert not getattr(network, off)


def test_a_youtube_ad_group_shows_on_youtube_only(built):
    operations = built(things.create(things.campaign(ACCOUNT, "youtube")))
    (group,) = created(operations, "ad_group_operation")
    controls = group.demand_gen_ad_group_settings.channel_controls
    on = {field.name for field, _ in controls.selected_channels.ListFields()}
    assert on == {"youtube_in_feed", "youtube_in_stream", "youtube_shorts"}


def test_a_youtube_campaign_takes_its_places_itself(built):
    operations = built(things.create(things.campaign(ACCOUNT, "youtube")))
    (campaign,) = created(operations, "campaign_operation")
    settings = campaign.demand_gen_campaign_settings
    assert settings.HasField("upgraded_targeting")
    assert not settings.upgraded_targeting
    (place,) = created(operations, "campaign_criterion_operation")
    assert place.location.geo_target_constant == "geoTargetConstants/2826"


def test_operations_of_a_kind_stand_together_and_parents_come_first(built):
    first = things.campaign(ACCOUNT).ad_groups[0]
    second = first.model_copy(update={"ad_group": "second"})
    wanted = things.campaign(ACCOUNT, ad_groups=(first, second), locations=("2826", "2372"))
    order = list(dict.fromkeys(kinds(operations := built(things.create(wanted)))))
    assert order == [
        "campaign_budget_operation",
        "campaign_operation",
        "campaign_criterion_operation",
        "ad_group_operation",
        "ad_group_criterion_operation",
        "ad_group_ad_operation",
    ]
    assert kinds(operations) == sorted(kinds(operations), key=order.index)


def test_temporary_ids_are_unique_over_two_trees_of_one_request(built):
    two = [things.create(things.campaign(ACCOUNT, key=key)) for key in ("one", "two")]
    operations = built(*two)
    names = [
        message.resource_name
        for kind in ("campaign_budget_operation", "campaign_operation", "ad_group_operation")
        for message in created(operations, kind)
    ]
    ids = [int(name.rsplit("/", 1)[1]) for name in names]
    assert len(set(ids)) == len(ids) == 6
    assert max(ids) < 0


def test_updates_carry_exactly_the_field_they_set(built):
    state = {
        "campaign": "search-core",
        "resource": "customers/1/campaigns/2",
        "budget_resource": "customers/1/campaignBudgets/3",
        "channel": "google_search",
    }
    seen = type("Seen", (), state)
    budget, status, ad = built(
        things.of(seen, "set_budget", daily_micros=0),
        things.of(seen, "pause_campaign"),
        things.of(seen, "enable_ad", ad_resource="customers/1/adGroupAds/4~5"),
    )
    assert list(budget.campaign_budget_operation.update_mask.paths) == ["amount_micros"]
    assert budget.campaign_budget_operation.update.HasField("amount_micros")
    assert list(status.campaign_operation.update_mask.paths) == ["status"]
    assert enum(status.campaign_operation.update, "status") == "PAUSED"
    assert list(ad.ad_group_ad_operation.update_mask.paths) == ["status"]
    assert enum(ad.ad_group_ad_operation.update, "status") == "ENABLED"


@pytest.mark.parametrize(
    "broken",
    [
        {"channel": "linkedin"},
        {"locations": ("London",)},
        {"daily_micros": 2**63},
        {"name": "half a letter \ud800"},
    ],
)
def test_what_google_has_no_word_for_is_refused(built, broken):
    with pytest.raises(BadInput, match="search-core"):
        built(things.create(things.campaign(ACCOUNT, **broken)))


@pytest.mark.parametrize(
    "kind", ["set_budget", "pause_campaign", "create_ad", "pause_ad", "create_campaign"]
)
def test_a_change_without_what_it_speaks_of_is_refused(built, kind):
    blank = {"campaign": "search-core", "resource": "", "budget_resource": "", "channel": "youtube"}
    seen = type("Seen", (), blank)
    with pytest.raises(BadInput, match="search-core"):
        built(things.of(seen, kind))
