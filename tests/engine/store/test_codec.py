import pytest

from engine.model.changes import Change
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.errors import GiveUp
from engine.store import codec, desired
from policies import actions

from .values import NASTY, a_change

TEXT = actions.AdText(
    headlines=(NASTY, "b"), descriptions=("c",), path=("p",), final_url="https://x"
)
SPEC = actions.AdSpec(variant="v-1", concept="v", text=TEXT)
AD = DesiredAd(variant="v-1", concept="v", text=TEXT)
GROUP = DesiredAdGroup(ad_group="g", name="G", keywords=("k",), ads=(AD,))
CAMPAIGN = DesiredCampaign(
    client="northgate",
    campaign="search-core",
    account="1",
    channel="google_search",
    name="Search",
    daily_micros=2**60,
    enabled=True,
    locations=("GB",),
    ad_groups=(GROUP,),
)
WHO = {"client": "northgate", "currency": "GBP", "agent": "a", "reason": "r"}
EVIDENCE = (actions.Evidence(name="cpa", value=1.5), actions.Evidence(name="n", value=3))


def move(campaign, before, after):
    return actions.BudgetChange(
        campaign=campaign, account="1", channel="youtube", before_micros=before, after_micros=after
    )


PLACE = {"campaign": "search-core", "account": "1", "channel": "google_search"}
ACTIONS = [
    actions.SetBudgets(**WHO, evidence=EVIDENCE, changes=(move("a", 1, 2),)),
    actions.ShiftBudget(**WHO, changes=(move("a", 2, 1), move("b", 1, 2))),
    actions.LaunchCampaign(
        **WHO,
        **PLACE,
        name="S",
        daily_micros=5,
        locations=("GB",),
        ad_groups=(actions.AdGroupSpec(ad_group="g", name="G", ads=(SPEC,)),),
    ),
    actions.SetCampaignStatus(**WHO, **PLACE, enabled=False, daily_micros=5),
    actions.ShipVariant(**WHO, **PLACE, ad_group="g", ad=SPEC),
    actions.PauseVariant(**WHO, **PLACE, ad_group="g", variant="v-1"),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.kind)
def test_every_kind_of_action_comes_back_equal_with_its_fingerprint(action):
    back = codec.action(codec.action_json(action))
    assert back == action
    assert back.fingerprint == action.fingerprint


def change(kind, **more):
    return Change(
        kind, f"{kind}/x", "northgate", "search-core", "google_search", "-", NASTY, **more
    )


CHANGES = [
    a_change(),
    change("create_campaign", campaign=CAMPAIGN, daily_micros=5),
    change("enable_campaign", campaign_resource="customers/1/campaigns/2"),
    change("pause_campaign", daily_micros=0),
    change("create_ad", ad=AD, ad_group_resource="g"),
    change("enable_ad", ad_resource="a"),
    change("pause_ad", ad_resource="a"),
]


@pytest.mark.parametrize("given", CHANGES, ids=lambda c: c.kind)
def test_every_kind_of_change_comes_back_equal(given):
    assert codec.change(codec.change_json(given)) == given


def test_no_kind_of_change_is_left_out():
    from typing import get_args

    from engine.model import changes

    assert {c.kind for c in CHANGES} == set(get_args(changes.Kind))


def test_text_this_version_cannot_read_is_refused_with_a_sentence():
    for read in (codec.action, codec.change, codec.campaign):
        with pytest.raises(GiveUp, match="cannot be read by this version"):
            read('{"kind": "teleport"}')


def test_desired_campaigns_are_replaced_whole_and_one_by_one(store):
    paused = CAMPAIGN.model_copy(update={"enabled": False})
    other = CAMPAIGN.model_copy(update={"campaign": "video"})
    store.write(lambda conn: desired.save(conn, "northgate", [CAMPAIGN, other]))
    store.write(lambda conn: desired.save(conn, "northgate", [paused]))
    with store.read() as conn:
        assert desired.load(conn, "northgate") == {"search-core": paused, "video": other}
        assert desired.load(conn, "alder") == {}
