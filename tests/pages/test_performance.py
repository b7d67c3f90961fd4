"""The client's page: the attribution switch and the drill-down, for the client and the strategist."""

from datetime import timedelta

import pyarrow as pa
import pytest

from engine.model.outcomes import FACTS, Pull
from engine.store import facts
from policies.money import MICROS
from tests.pages.adkit import TODAY, metric, more, table
from tests.pages.conftest import enter, words
from tests.pages.small import NASTY, NOW

PAGE = "pages/client/performance.py"


@pytest.fixture
def lived_in(place):
    """The small store with ads in two groups under one campaign, and deals that no click led to."""
    place.write(more)
    return place


def switched(at, credit):
    return at.radio(key="credit").set_value(credit).run()


# the switch


@pytest.mark.parametrize("person", ["nora", "priya"])
def test_the_switch_changes_every_figure_that_depends_on_credit(lived_in, person):
    at = enter(person, PAGE, client="Northgate Advisory")
    before, lead = metric(at), at.markdown[3].value
    switched(at, "last_click")
    after = metric(at)
    assert not at.exception
    assert after["Spend"] == before["Spend"]
    assert int(before["Consultations"]) - int(after["Consultations"]) == 4
    assert after["Cost per consultation"] != before["Cost per consultation"]
    assert lead.removeprefix("**") in words(at).replace("By closed-won truth: ", "")
    assert table(at)["Consultations"].iloc[-1] == int(after["Consultations"])


def test_the_switch_is_taken_from_the_address_and_named_on_every_card_it_touches(lived_in):
    at = enter("nora", credit="Last-click")
    assert at.radio(key="credit").value == "last_click"
    shown = words(at)
    assert shown.count(":small[:gray[Last-click]]") == 3  # the tiles
    assert "daily spend below · Last-click" in shown
    assert "#### Where it comes from" in shown
    assert "1–13 November · Last-click" in shown


def test_platforms_claims_are_told_by_channel_and_never_added_up(lived_in):
    at = enter("nora", credit="Platform-reported")
    found = metric(at)
    assert [found[k] for k in ("Consultations", "Cost per consultation", "Blended ROAS")] == [
        "–"
    ] * 3
    shown = words(at)
    assert shown.count("not added up across channels") == 3
    assert "never added up" in shown
    claimed = table(at)["Claimed"]
    assert claimed[:-1].notna().all()
    assert claimed.isna().iloc[-1]


def test_an_unknown_view_in_the_address_is_closed_won_truth(place):
    at = enter("nora", credit="Whoever shouts loudest")
    assert not at.exception
    assert at.radio(key="credit").value == "closed_won"


def test_the_disagreement_and_what_drives_the_optimiser_are_said(lived_in):
    shown = words(enter("nora"))
    assert "Last-click and closed-won split credit" in shown
    assert "4 have no click on record" in shown
    assert shown.count("The optimiser works on closed-won truth") == 2


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("7 days", "7–13 November"),
        ("90 days", "16 Aug–13 Nov"),
        ("Last month", "1–31 October"),
    ],
)
def test_a_period_is_taken_from_the_address(place, label, days):
    at = enter("nora", range=label)
    assert not at.exception
    assert days in words(at)


# the drill-down


@pytest.mark.parametrize("person", ["nora", "priya"])
def test_the_drill_down_opens_level_by_level_and_leads_back(lived_in, person):
    at = enter(person, PAGE, client="Northgate Advisory")
    at.segmented_control(key="drill-channel").set_value("google_search").run()
    assert at.query_params["channel"] == "google_search"
    assert "Core services" in table(at)["Campaign"].iloc[0]
    at.pills(key="drill-open").set_value("search-core").run()
    assert list(table(at)["Ad group"])[:2] == ["Not told by ad", "Group one"]
    at.pills(key="drill-open").set_value("one").run()
    assert list(table(at)["Spend"]) == [50 * MICROS, 50 * MICROS]  # the ad, and the group's total
    at.pills(key="drill-open").set_value("ad-one").run()
    assert at.query_params["ad"] == "ad-one"
    shown = words(at)
    assert "Concept plain · approved by Priya Shah" in shown
    assert NASTY not in shown
    at.button(key="back-2").click().run()
    assert "group" not in at.query_params
    at.button(key="back-0").click().run()
    assert next(iter(table(at).columns)) == "Channel"
    assert not at.exception


def test_a_place_is_taken_from_the_address(lived_in):
    at = enter("nora", channel="google_search", campaign="search-core", group="two", ad="ad-two")
    assert not at.exception
    assert ":gray-badge[Paused]" in words(at)
    assert "not its ad" in words(at)
    assert table(at)["Consultations"].isna().all()


def test_a_channel_is_picked_and_all_of_them_again(lived_in):
    at = enter("nora")
    at.segmented_control(key="drill-channel").set_value("youtube").run()
    assert at.query_params["channel"] == "youtube"
    assert "partner" in table(at)["Campaign"].iloc[0]
    at.segmented_control(key="drill-channel").set_value("all").run()
    assert "channel" not in at.query_params


def test_a_channel_or_campaign_that_is_not_theirs_shows_nothing(place):
    at = enter("nora", channel="meta", campaign="gift-films")
    assert next(iter(table(at).columns)) == "Channel"
    at = enter("nora", channel="youtube", campaign="gift-films")  # another client's
    assert not at.exception
    assert "Nothing ran here on these days" in words(at)
    assert not any("Spend" in t.value.columns for t in at.table)


def test_another_clients_place_is_refused_in_the_address(place):
    at = enter(
        "nora", PAGE, client="Alder & Finch", channel="google_search", campaign="search-brand"
    )
    assert not at.exception
    shown = words(at)
    assert "Northgate Advisory" in shown
    assert "$" not in shown.replace("\\$", "$")


def test_many_campaigns_come_in_pages_under_one_total(place):
    day = TODAY - timedelta(days=1)
    rows = [
        dict.fromkeys(FACTS.names)
        | {"day": day, "level": "campaign", "channel": "meta", "campaign": f"m-{n:02d}", "ad": ""}
        | {"impressions": 1, "clicks": 1, "cost_micros": (n + 1) * MICROS, "conversions": 0.0}
        for n in range(23)
    ]
    pull = Pull("meta_ads", pa.Table.from_pylist(rows, schema=FACTS), day, day, NOW)
    place.write(
        lambda conn: facts.replace_window(conn, "northgate", "meta_ads", "m", pull, currency="GBP")
    )
    at = enter("nora", channel="meta")
    assert len(table(at)) == 21
    assert "m\\-22" in table(at)["Campaign"].iloc[0]
    assert table(at)["Spend"].iloc[-1] == 276 * MICROS
    at.session_state["rows"] = 2
    at.run()
    assert len(table(at)) == 4
    assert table(at)["Spend"].iloc[-1] == 276 * MICROS


# the targets


def test_each_written_target_stands_with_where_it_is_and_how_sure_that_is(lived_in):
    at = enter("nora", PAGE, client="Northgate Advisory")
    assert not at.exception
    lines = [m.value for m in at.markdown if ", at most " in m.value or ", at least " in m.value]
    names = ["Cost per customer", "Cost per consultation", "Blended ROAS", "Payback"]
    assert [line.split("**")[1] for line in lines] == names
    assert all("-badge[" in line for line in lines)
    assert "at least 4.0×" in lines[2]
    assert "at most 6 months" in lines[3]
    assert "No target for contribution a month" in words(at)
