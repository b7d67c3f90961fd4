"""What no platform of ours can carry out yet ends with that sentence, and nothing is sent."""

from __future__ import annotations

import pytest

from engine.execution.roads import no_road
from policies.levers import Targeting
from tests import levers
from tests.engine.execution.shelf import CLIENT, actual, budgets, launch, place
from tests.engine.execution.stored import stored

ON = place("s1")
ACTS = {
    "bid targets": levers.bid(50, 51, **ON, client=CLIENT),
    "hours and weekdays": levers.schedule("sat"),
    "the share of each variant": levers.split(("a", 50, 40), ("b", 50, 60)),
    "audiences": levers.audiences(levers.reach("Website visitors")),
    "the audiences of a new campaign": launch().model_copy(
        update={"targeting": Targeting(included=("Website visitors",))}
    ),
    "a campaign of the type display": launch().model_copy(update={"campaign_type": "display"}),
}


def at_home(act):
    return act.model_copy(update={"client": CLIENT} | (ON if act.kind != "launch_campaign" else {}))


@pytest.mark.parametrize("what", ACTS)
def test_an_act_without_a_road_is_told_and_ends_and_nothing_is_sent(temp_store, what):
    house = stored(temp_store, actual("s1"))
    question = house.decide("d1", at_home(ACTS[what]))
    house.one_pass()
    assert house.platform.writes == []
    assert house.state("d1") == "rejected"
    assert house.question(question).status != "open"
    (line,) = house.lines("carried_out")
    assert f"no road yet by which {what} can be set on Google Ads" in line
    house.one_pass()
    assert len(house.lines("carried_out")) == 1


def test_what_was_carried_out_so_far_still_is():
    assert no_road(budgets(("s1", 100, 103)), "google_ads") == ""
    assert no_road(launch(), "google_ads") == ""
    told = launch().model_copy(update={"campaign_type": "search"})
    assert no_road(told, "google_ads") == ""
