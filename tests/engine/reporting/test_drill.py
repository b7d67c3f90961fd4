"""Channel, campaign, ad group, ad: each level adds up to the one above it, by every view of credit."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reporting.client.drill import MISSING, REST, drill
from engine.reporting.client.drill_sheet import HEADER, sheet
from engine.reporting.client.periods import period
from engine.reporting.ledger.sheet import harmless
from policies.money import MICROS
from tests.engine.reporting.made import TODAY

CREDITS = ("closed_won", "last_click", "platform")
NOTHING = {"begun": [], "won": [], "whole": [], "things": {}, "approvals": {}, "campaign": "c"}


def thing(group="", state="running", **other):
    made = {
        "title": "",
        "state": state,
        "group": group,
        "group_title": f"Group {group}" if group else "",
        "concept": "k",
        "headlines": ["Head"],
        "descriptions": ["Said."],
    }
    return made | other


def level(by, media, **other):
    return {**NOTHING, "by": by, "media": media, **other}


def media(key, run, cost, impressions=100, clicks=10, claimed=2.0, value=0):
    return (key, run, impressions, clicks, cost * MICROS, claimed, value * MICROS)


def by_key(found):
    return {line.key: line for line in found.lines}


def test_the_largest_spend_comes_first_with_its_rates_and_its_share():
    found = drill(
        level("channel", [media("youtube", "whole", 100), media("google_search", "whole", 300)]),
        "closed_won",
    )
    assert [line.name for line in found.lines] == ["Google Search", "YouTube"]
    search = found.lines[0]
    assert (search.share, search.rate, search.click_micros) == (0.75, 0.1, 30 * MICROS)
    assert found.total.sums.spend_micros == 400 * MICROS


def test_changes_leave_the_partial_day_out():
    rows = [
        media("youtube", run, cost)
        for run, cost in (("whole", 120), ("partial", 50), ("before", 100))
    ]
    deals = [("youtube", "whole", 4), ("youtube", "partial", 1), ("youtube", "before", 4)]
    line = drill(level("channel", rows, begun=deals), "closed_won").lines[0]
    assert line.sums.spend_micros == 170 * MICROS
    assert line.spend_change == pytest.approx(0.2)
    assert line.cost_change == 5 * MICROS  # 120 / 4 less 100 / 4
    assert line.cost_micros == 34 * MICROS  # 170 / 5


def test_deals_of_no_known_channel_have_a_line_in_closed_won_truth_and_none_in_last_click():
    made = level(
        "channel",
        [media("youtube", "whole", 100)],
        begun=[("youtube", "whole", 3), ("", "whole", 2)],
        won=[("", "whole", 1, 500 * MICROS)],
    )
    truth, clicked = drill(made, "closed_won"), drill(made, "last_click")
    assert by_key(truth)[""].actions == 2
    assert by_key(truth)[""].name == "No channel known"
    assert (truth.total.actions, clicked.total.actions) == (5, 3)
    assert truth.total.roas == 5.0
    assert "" not in by_key(clicked)
    assert not by_key(truth)[""].opens


def test_platforms_claims_have_no_total_across_channels_but_one_within():
    rows = [media("a", "whole", 100), media("b", "whole", 50)]
    across, within = (
        drill(level("channel", rows), "platform"),
        drill(level("campaign", rows), "platform"),
    )
    assert [line.actions for line in across.lines] == [2, 2]
    assert (across.total.actions, across.total.cost_micros, across.total.roas) == (None, None, None)
    assert any("never added up" in reason for reason in across.missing)
    assert within.total.actions == 4
    assert within.total.cost_micros == 37.5 * MICROS


def test_deals_end_at_the_campaign_and_the_ads_say_so():
    made = level(
        "ad",
        [media("x", "whole", 100)],
        whole=[media("c", "whole", 100)],
        begun=[("c", "whole", 4)],
        things={"x": thing("g")},
    )
    found = drill(made, "closed_won")
    assert found.lines[0].actions is None
    assert found.total.actions == 4
    assert any("not its ad" in reason for reason in found.missing)
    assert drill(made, "platform").lines[0].actions == 2


def test_what_a_platform_does_not_tell_by_ad_has_a_line_of_its_own():
    made = level("ad", [media("x", "whole", 60)], whole=[media("c", "whole", 100)])
    found = drill(made, "closed_won")
    assert by_key(found)[REST].sums.spend_micros == 40 * MICROS
    assert by_key(found)[REST].name == "Not told by ad"
    assert found.total.sums.spend_micros == 100 * MICROS


def test_several_ad_groups_stand_between_a_campaign_and_its_ads_and_one_does_not():
    rows = [media("x", "whole", 60), media("y", "whole", 40)]
    whole = [media("c", "whole", 100, 200, 20, 4.0)]
    two = level("ad", rows, whole=whole, things={"x": thing("g"), "y": thing("h")})
    one = level("ad", rows, whole=whole, things={"x": thing("g"), "y": thing("g")})
    assert drill(two, "closed_won").level == "ad group"
    assert [line.name for line in drill(two, "closed_won").lines] == ["Group g", "Group h"]
    assert [line.key for line in drill(two, "closed_won", "h").lines] == ["y"]
    assert drill(two, "closed_won", "h").total.actions is None
    assert drill(one, "closed_won").level == "ad"
    assert drill(two, "closed_won", "no such group").level == "ad group"


def test_a_claimed_value_is_told_by_channel_and_never_as_nothing():
    made = level(
        "channel",
        [
            media("google_search", "whole", 100, claimed=5.0, value=5),
            media("youtube", "whole", 100, claimed=4.0, value=500),
            media("linkedin", "whole", 100, claimed=3.0, value=0),
        ],
    )
    found = drill(made, "platform")
    assert {k: x.roas for k, x in by_key(found).items()} == {
        "google_search": None,
        "youtube": 5.0,
        "linkedin": None,
    }
    assert MISSING["value"] in found.missing
    rows = [media("x", "whole", 50, claimed=1.0, value=1), media("y", "whole", 50, value=99)]
    rows.append(media("z", "whole", 50, value=0))
    inside = by_key(drill(level("campaign", rows), "platform"))
    assert {k: x.roas for k, x in inside.items()} == {"x": 0.02, "y": 1.98, "z": None}
    raw = sheet(found, period("month", TODAY), "platform", "GBP", final_until="2026-11-05")
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert sorted(r["return_on_spend"] for r in table) == ["", "", "", "5.000000"]


def test_claims_that_still_grow_are_not_compared_with_final_ones():
    rows = [
        media("x", "whole", 100, claimed=1.0),
        media("x", "before", 100, claimed=10.0),
    ]
    found = drill(level("campaign", rows), "platform")
    assert found.lines[0].cost_micros == 100 * MICROS
    assert (found.lines[0].cost_change, found.total.cost_change) == (None, None)
    assert MISSING["change"] in found.missing


def test_a_place_without_a_figure_is_empty():
    assert drill(level("campaign", []), "closed_won").empty
    assert drill(level("campaign", [media("x", "before", 10)]), "closed_won").empty


figures = st.tuples(
    st.integers(0, 10_000),
    st.integers(0, 999),
    st.integers(0, 10**12),
    st.floats(0, 99),
    st.integers(0, 10**9),
)
ads = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(("whole", "partial", "before")), figures),
    max_size=25,
)
groups = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(("g", "h", "i")))


def added(lines, name):
    return sum(getattr(line.sums, name) for line in lines)


@given(ads, ads, groups, st.sampled_from(CREDITS))
def test_every_level_adds_up_to_its_parent(rows, more, group_of, credit):
    """``more`` is what the campaign has beyond its ads."""
    told = [(key, run, *f) for key, run, f in rows]
    whole = [("c", run, *f) for _, run, f in (*rows, *more)]
    things = {key: thing(group) for key, group in group_of.items()}
    found = drill(level("ad", told, whole=whole, things=things), credit)
    parent = drill(level("campaign", whole), credit)
    for name in ("impressions", "clicks", "spend_micros", "value_micros"):
        campaign = added(parent.lines, name)
        assert added(found.lines, name) == campaign == getattr(found.total.sums, name)
    if found.level == "ad group":
        for group in found.groups:
            inside = drill(level("ad", told, whole=whole, things=things), credit, group)
            line = by_key(found).get(group)
            for name in ("impressions", "clicks", "spend_micros"):
                assert added(inside.lines, name) == (getattr(line.sums, name) if line else 0)


@given(ads, st.sampled_from(CREDITS))
def test_shares_of_spend_add_up_to_all_of_it_or_to_nothing(rows, credit):
    found = drill(level("campaign", [(key, run, *f) for key, run, f in rows]), credit)
    total = sum(line.share or 0.0 for line in found.lines)
    assert total == pytest.approx(1) or total == 0


@given(ads)
def test_channels_never_have_a_total_of_claims(rows):
    found = drill(level("channel", [(key, run, *f) for key, run, f in rows]), "platform")
    total = found.total
    assert (total.actions, total.cost_micros, total.cost_change, total.won, total.roas) == (
        None,
    ) * 5


def test_the_file_holds_every_line_and_the_total_and_runs_nothing():
    evil = '=HYPERLINK("x")'
    made = level("campaign", [media("x", "whole", 60), media(evil, "whole", 40)])
    raw = sheet(
        drill(made, "closed_won"),
        period("month", TODAY),
        "closed_won",
        "GBP",
        final_until="2026-11-05",
    )
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER
    assert [row["spend"] for row in rows] == ["60.000000", "40.000000", "100.000000"]
    assert rows[1]["name"] == f"'{evil}"
    assert {row["attribution"] for row in rows} == {"Closed-won truth"}
    assert rows[0]["cost_per_primary_action"] == ""


def test_a_leading_line_feed_hides_no_formula():
    assert harmless("\n=1+1") == "'\n=1+1"
