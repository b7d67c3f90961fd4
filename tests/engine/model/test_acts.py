"""An act tells what is done, to what, from how much to how much."""

import pytest

from engine.model.acts import lowered, told
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.escalations import before_after
from engine.reporting.inbox.diff import of_action
from policies.actions import (
    AdGroupSpec,
    AdSpec,
    AdText,
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
)
from policies.levers import Lookalike, SwitchChange, Targeting
from policies.money import MICROS
from tests import levers
from tests.strategies import launch

TEXT = AdText(
    headlines=("Fixed price",), descriptions=("Plain words.",), final_url="https://a.example"
)
WHO = {"client": "northgate", "currency": "GBP", "agent": "test", "reason": "So it is."}
PLACE = {"campaign": "core", "account": "1", "channel": "google_search"}


def campaign(key, name):
    ads = (DesiredAd(variant="v1", concept="c1", text=TEXT),)
    groups = (DesiredAdGroup(ad_group="g1", name="Group", ads=ads),)
    return DesiredCampaign(
        client="northgate",
        campaign=key,
        account="1",
        channel="google_search",
        name=f"{name} | cc:{key}",
        daily_micros=10 * MICROS,
        enabled=True,
        ad_groups=groups,
    )


DESIRED = {"core": campaign("core", "Search core"), "films": campaign("films", "Films")}


def change(key, before, after):
    return BudgetChange(
        campaign=key,
        account="1",
        channel="google_search",
        before_micros=before * MICROS,
        after_micros=after * MICROS,
    )


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (
            ShiftBudget(changes=(change("core", 40, 101), change("films", 90, 29)), **WHO),
            "Move £61 a day from Films to Search core.",
        ),
        (
            SetBudgets(changes=(change("core", 40, 50),), **WHO),
            "Raise Search core from £40 to £50 a day.",
        ),
        (
            SetBudgets(changes=(change("core", 40, 40), change("films", 90, 80)), **WHO),
            "Cut Films from £90 to £80 a day.",
        ),
        (
            SetBudgets(changes=(change("core", 40, 30), change("films", 90, 80)), **WHO),
            "Cut Search core from £40 to £30 and Films from £90 to £80 a day.",
        ),
        (
            SetBudgets(changes=(change("core", 40, 50), change("films", 90, 80)), **WHO),
            "Set Search core from £40 to £50 and Films from £90 to £80 a day.",
        ),
        (
            SetBudgets(
                changes=(change("core", 40, 50), change("films", 90, 80), change("new", 1, 2)),
                **WHO,
            ),
            "Set 3 daily budgets, £131 to £132 a day in all.",
        ),
        (
            SetCampaignStatus(enabled=False, daily_micros=MICROS, **PLACE, **WHO),
            "Pause Search core.",
        ),
        (
            SetCampaignStatus(enabled=True, daily_micros=MICROS, **PLACE, **WHO),
            "Start Search core.",
        ),
        (
            ShipVariant(
                ad_group="g1", ad=AdSpec(variant="v2", concept="c1", text=TEXT), **PLACE, **WHO
            ),
            'Put the new ad "Fixed price" live in Search core.',
        ),
        (
            PauseVariant(ad_group="g1", variant="v1", **PLACE, **WHO),
            'Pause the ad "Fixed price" of Search core.',
        ),
        (
            PauseVariant(ad_group="g1", variant="gone", **PLACE, **WHO),
            "Pause the ad gone of Search core.",
        ),
        (
            LaunchCampaign(
                name="Partners | cc:partners",
                daily_micros=25 * MICROS,
                locations=("GB",),
                ad_groups=(
                    AdGroupSpec(
                        ad_group="g2",
                        name="Group",
                        ads=(AdSpec(variant="v3", concept="c1", text=TEXT),),
                    ),
                ),
                **{**PLACE, "campaign": "partners"},
                **WHO,
            ),
            "Open Partners at £25 a day.",
        ),
    ],
)
def test_every_act_is_one_sentence(action, sentence):
    assert told(action, DESIRED) == sentence


AT = {**PLACE, **WHO}


@pytest.mark.parametrize(
    ("action", "sentence", "rows"),
    [
        (
            levers.bid(50, 55, **AT),
            "Set the target cost per action of Search core from £50 to £55.",
            (("target cost per action", "£50", "£55"),),
        ),
        (
            levers.bid(None, 4, "target_roas", **AT),
            "Set the target return on ad spend of Search core from not set to 400%.",
            (("target return on ad spend", "not set", "400%"),),
        ),
        (
            levers.schedule("sat", "sun", after=0).model_copy(update=AT),
            "Change the hours of Search core: Sat, Sun 00:00–06:00 as usual to off.",
            (("Sat, Sun 00:00–06:00", "as usual", "off"),),
        ),
        (
            levers.split(("v1", 50, 20), ("v2", 50, 40), ("v3", 0, 40)).model_copy(update=AT),
            "Share Search core between its ads: v1 50% to 20%, v2 50% to 40% and 1 more.",
            (("v1", "50%", "20%"), ("v2", "50%", "40%"), ("v3", "0%", "40%")),
        ),
        (
            levers.audiences(
                levers.reach("Owners"),
                levers.reach("Won", "lookalike", percent=2),
                levers.reach("Clients", "excluded", added=False),
                shares=levers.shares(("Owners", 0, 30)),
                switches=(SwitchChange(switch="search_partners", on=False),),
                **AT,
            ),
            "Change whom Search core reaches: Owners not reached to reached, Won not lookalikes reached,"
            " 2% to lookalikes reached, 2% and 3 more.",
            (
                ("Owners", "not reached", "reached"),
                ("Won", "not lookalikes reached, 2%", "lookalikes reached, 2%"),
                ("Clients", "excluded", "not excluded"),
                ("Owners, share of delivery", "0%", "30%"),
                ("search partners", "on", "off"),
            ),
        ),
    ],
)
def test_an_act_on_a_lever_is_a_sentence_and_rows_of_before_and_after(action, sentence, rows):
    assert told(action, DESIRED) == sentence
    assert before_after(action) == rows
    lines = of_action(action.model_dump_json(), "GBP", {"core": "Search core"})
    assert [(x.what, x.before, x.after) for x in lines] == [
        (f"Search core, {what}", before, after) for what, before, after in rows
    ]


def test_a_launch_shows_where_and_whom_it_reaches():
    whom = Targeting(
        included=("Owners",),
        excluded=("Clients",),
        lookalikes=(Lookalike(audience="Won", percent=2),),
        expansions=("search_partners",),
    )
    act = launch().model_copy(update={"targeting": whom, "campaign_type": "display"})
    assert before_after(act)[1:] == (
        ("type of campaign", "–", "display"),
        ("places", "–", "GB"),
        ("audiences reached", "–", "Owners"),
        ("audiences excluded", "–", "Clients"),
        ("lookalikes reached", "–", "Won 2%"),
        ("widened by the platform", "–", "search partners"),
    )


def test_a_campaign_nobody_desires_goes_by_its_key():
    action = SetBudgets(changes=(change("unknown", 40, 50),), **WHO)
    assert told(action, {}) == "Raise unknown from £40 to £50 a day."


def test_after_a_colon_a_sentence_begins_small():
    assert lowered("Move £61 a day.") == "move £61 a day."
    assert lowered("") == ""
