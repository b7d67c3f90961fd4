"""The client's page: the ways from the chart to what is on record, and every card loading, failed, empty or late."""

from datetime import timedelta

import pyarrow as pa
import pytest
import streamlit as st

from engine.model.outcomes import FACTS, Pull
from engine.store import facts
from engine.store.reads import drill as drill_rows
from pages.client import attribution, decisions_card, figures, loading, tiles, trend_card
from policies.money import MICROS
from tests.pages.adkit import TODAY, metric, table
from tests.pages.conftest import enter, words
from tests.pages.small import NOW

PAGE = "pages/client/performance.py"


@pytest.mark.parametrize(
    ("person", "page"),
    [("nora", "Decisions"), ("priya", "Ledger")],
)
def test_a_pin_leads_to_what_is_on_record_about_it(place, person, page):
    at = enter(person, PAGE, client="Northgate Advisory")
    at.button(key="pick-pin-6").click().run()
    assert not at.exception
    assert [t.value for t in at.title] == [page]
    assert at.query_params["find"] == "northgate-D000"
    assert "1 line" in words(at)
    assert "northgate\\-D000" in words(at)


@pytest.mark.parametrize(("person", "page"), [("nora", "Decisions"), ("priya", "Inbox")])
def test_an_anomaly_leads_to_its_question(place, person, page):
    at = enter(person, PAGE, client="Northgate Advisory")
    at.button(key="pick-mark-0").click().run()
    assert [t.value for t in at.title] == [page]
    assert not at.exception


def test_a_link_may_name_a_client_by_its_id(place):
    at = enter("priya", "pages/strategist/ledger.py", client="northgate", find="northgate-D000")
    assert at.segmented_control(key="client").value == "northgate"
    assert "1 line" in words(at)
    assert not enter("priya", "pages/strategist/ledger.py", client="nobody").exception


def test_while_it_is_read_for_the_first_time_grey_cards_and_a_word_stand_in_place(
    place, monkeypatch
):
    def stops(*_args, **_kwargs):
        st.stop()

    with monkeypatch.context() as slow:
        slow.setattr("engine.reporting.client.read.material", stops)
        at = enter("nora")
    assert loading.PERFORMANCE in words(at)
    assert len(at.get("skeleton")) == 7
    at.run()
    assert loading.PERFORMANCE not in words(at)
    assert not at.get("skeleton")
    assert len(at.metric) == 4


def test_decisions_say_what_they_wait_for_and_when_they_cannot_be_read(place, monkeypatch):
    def stops(*_args, **_kwargs):
        st.stop()

    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    with monkeypatch.context() as slow:
        slow.setattr("engine.store.reads.ledger_pages.count", stops)
        at = enter("nora", "pages/client/decisions.py")
    assert loading.DECISIONS in words(at)
    with monkeypatch.context() as down:
        down.setattr("engine.store.reads.ledger_pages.count", broken)
        at = enter("nora", "pages/client/decisions.py")
    assert loading.DECISIONS not in words(at)
    assert "reference" in at.error[0].value
    assert any(b.label == "Try again" for b in at.button)
    assert "secret" not in words(at)


@pytest.mark.parametrize(
    ("module", "part", "what"),
    [
        (tiles, "spark", "Cost per consultation could not be shown"),
        (figures, "pace", "Pacing to plan could not be shown"),
        (figures, "mix", "The channel mix could not be shown"),
        (trend_card, "twin", "This chart could not be shown"),
        (attribution, "channels_table", "The views of credit could not be shown"),
        (drill_rows, "media", "This table could not be shown"),
        (decisions_card, "decided", "This week's decisions could not be shown"),
        (decisions_card, "waiting", "The open questions could not be shown"),
    ],
)
def test_a_card_that_fails_says_so_and_leaves_the_others_standing(
    place, monkeypatch, module, part, what
):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr(module, part, broken)
    at = enter("nora")
    assert not at.exception
    assert any(what in e.value and "reference" in e.value for e in at.error)
    assert any(b.label == "Try again" for b in at.button)
    shown = words(at)
    assert "secret" not in shown
    assert metric(at)["Spend"].startswith("£")
    assert ("With your strategist" in shown) or part == "waiting"


def test_a_period_without_anything_says_so_on_every_card_and_what_to_do(bare):
    day = TODAY - timedelta(days=100)
    row = dict.fromkeys(FACTS.names) | {"day": day, "level": "campaign", "channel": "youtube"}
    row |= {"campaign": "old", "ad": "", "impressions": 1, "clicks": 1, "cost_micros": MICROS}
    pull = Pull("google_ads", pa.Table.from_pylist([row], schema=FACTS), day, day, NOW)
    bare.write(
        lambda conn: facts.replace_window(
            conn, "northgate", "google_ads", "1", pull, currency="GBP"
        )
    )
    at = enter("nora")
    assert not at.exception
    assert not at.error
    shown = words(at)
    for told in (
        "November has no figures yet",
        "No plan is approved for this month",
        "Shares appear with the first campaign",
        "Nothing was spent in the last 30 days",
        "No consultation in the CRM on these days",
        "Nothing ran here on these days",
        "No decisions yet this week",
        "No open question",
    ):
        assert told in shown


def test_a_late_source_is_said_above_the_cards_whose_figures_stay(place):
    at = enter("ben")
    assert any("nine hours old" in w.value for w in at.warning)
    assert table(at)["Spend"].iloc[-1] > 0
