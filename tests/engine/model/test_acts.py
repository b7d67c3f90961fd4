"""An act tells what is done, to what, from how much to how much."""

import pytest

from engine.model.acts import lowered, told
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
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
from policies.money import MICROS

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


def test_a_campaign_nobody_desires_goes_by_its_key():
    action = SetBudgets(changes=(change("unknown", 40, 50),), **WHO)
    assert told(action, {}) == "Raise unknown from £40 to £50 a day."


def test_after_a_colon_a_sentence_begins_small():
    assert lowered("Move £61 a day.") == "move £61 a day."
    assert lowered("") == ""
