"""What the pages read from a real store: the sums, the worst case, and never another client's rows."""

import os
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from engine.attribution import views
from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.reporting.client import drill_read, read
from engine.reporting.client.drill import drill
from engine.reporting.client.view import performance
from engine.reporting.health import health
from engine.reporting.home.read import facts
from engine.reporting.inbox import evidence
from engine.reporting.inbox.card import card
from engine.reporting.inbox.queue import open_count, queue
from engine.reporting.ledger.details import details
from engine.reporting.ledger.pages import Ask, chain, length, page
from engine.reporting.ledger.sheet import sheet
from engine.reporting.sources import coverage, history
from engine.store import Store, deals, meta
from engine.store import facts as facts_store
from engine.store.connect import connect
from policies.money import MICROS
from tests.pages.build import build
from tests.pages.small import NOW

NORTH = Scope("nora", "Nora", "client", frozenset({"northgate"}))
PRIYA = Scope(
    "priya",
    "Priya",
    "strategist",
    frozenset({"northgate", "alder"}),
    frozenset({"northgate", "alder"}),
)
NOBODY = Scope("x", "X", "client", frozenset())


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("reads") / "store.duckdb")
    yield made
    made.close()


def test_the_worst_case_is_twice_the_budgets_of_the_day(store):
    found = performance(read.material(store, NORTH, "northgate", NOW), NOW, "month")
    lines = {line["channel"]: line for line in found.exposure["lines"]}
    assert lines["google_search"]["day_micros"] == 860 * MICROS  # 2 x 430
    assert lines["youtube"]["day_micros"] == 380 * MICROS  # 2 x 190
    assert lines["google_search"]["month_micros"] == 14_000 * MICROS  # the limit of the last change
    assert lines["youtube"]["month_micros"] == 5_776 * MICROS  # 30.4 x 190, never changed


def test_spend_of_the_page_is_the_sum_of_the_stored_rows(store):
    found = performance(read.material(store, NORTH, "northgate", NOW), NOW, "month")
    with store.read() as conn:
        rows = conn.exec_driver_sql(
            "select sum(cost_micros) from facts where client_id='northgate' and day>='2026-11-01'"
        ).scalar()
    assert found.figures[0].value == rows
    assert found.pacing.spent_micros == rows


def test_targets_and_caps_come_from_the_published_policy(store):
    found = read.material(store, NORTH, "northgate", NOW)["targets"]
    assert found["cac_micros"] == 450 * MICROS
    assert found["share_caps"]["google_search"] == 0.72
    assert found["month_cap_micros"] == 25_000 * MICROS


def test_the_version_changes_when_the_clock_does(store):
    before = read.version(store, NORTH, "northgate")
    assert read.version(store, NORTH, "northgate") == before
    store.write(lambda conn: meta.put(conn, "clock", "2026-11-13T10:40:00+00:00"))
    assert read.version(store, NORTH, "northgate") != before
    store.write(lambda conn: meta.put(conn, "clock", NOW.isoformat()))


@pytest.mark.parametrize(
    "question",
    [
        lambda s, who: read.material(s, who, "alder", NOW),
        lambda s, who: read.version(s, who, "alder"),
        lambda s, who: read.about(s, who, "alder"),
        lambda s, who: drill_read.found(s, who, "alder", NOW, "month"),
        lambda s, who: drill_read.found(s, who, "alder", NOW, "month", "youtube", "gift-films"),
        lambda s, who: page(s, who, "alder", NOW),
        lambda s, who: chain(s, who, "alder", NOW),
        lambda s, who: length(s, who, "alder"),
        lambda s, who: sheet(s, who, "alder", NOW, Ask()),
        lambda s, who: details(s, who, "alder", 1),
        lambda s, who: details(s, who, "northgate", 1),  # hers, but not for clients
        lambda s, who: coverage.sources_of(s, who, "alder", NOW),
        lambda s, who: history.history(s, who, "alder", NOW),
        lambda s, who: history.one(s, who, "alder", NOW, "file-00001"),
        lambda s, who: evidence.of(s, who, card(s, PRIYA, NOW, "E-103"), NOW),
    ],
)
def test_every_read_refuses_a_client_out_of_reach(store, question):
    with pytest.raises(AskPerson):
        question(store, NORTH)


def test_lists_hold_only_what_is_in_reach(store):
    assert read.names(store, NORTH) == {"northgate": "Northgate Advisory"}
    assert read.names(store, NOBODY) == {}
    assert {i.client for i in queue(store, NORTH, NOW, "all").items} == {"northgate"}
    assert queue(store, NOBODY, NOW, "all").items == ()
    assert open_count(store, NOBODY) == 0
    assert {p.client for p in facts(store, NORTH, NOW).passes} == {"northgate"}
    assert {c for c, _ in facts(store, NORTH, NOW).sources} == {"northgate"}
    assert {p.client for p in facts(store, NORTH, NOW).plans} == {"northgate"}
    assert facts(store, NOBODY, NOW).passes == ()
    assert card(store, NORTH, NOW, "E-103") is None
    assert card(store, NORTH, NOW, "P-alder-dec") is None
    assert {c.client for c in health(store, NORTH, NOW).clients} == {"northgate"}
    assert {t.client for t in health(store, NORTH, NOW).ticks} == {"northgate"}


def test_nothing_of_another_client_hides_in_a_clients_page(store):
    found = performance(read.material(store, NORTH, "northgate", NOW), NOW, "month")
    assert "alder" not in " ".join(texts(found)).lower()


def texts(value):
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def test_the_queue_runs_by_time_left_and_counts_what_is_mine(store):
    found = queue(store, PRIYA, NOW, "all")
    assert [i.ref for i in found.items][:2] == ["E-101", "E-103"]
    assert [i.kind for i in found.items][-2:] == ["plan", "plan"]
    assert (found.mine, found.all) == (6, 6)
    assert open_count(store, PRIYA) == 6


def test_a_card_carries_the_exact_diff_and_what_an_answer_must_name(store):
    found = card(store, PRIYA, NOW, "E-101")
    assert [(line.before, line.after) for line in found.diff] == [
        ("£430", "£460"),
        ("£190", "£160"),
    ]
    assert len(found.fingerprint) == 64
    assert found.version == 1
    assert found.refusal == ""


def test_a_strategist_without_the_senior_right_may_not_approve(store):
    junior = Scope("ann", "Ann", "strategist", frozenset({"northgate"}))
    assert "senior" in card(store, junior, NOW, "E-101").refusal


def test_a_plan_is_shown_as_the_budgets_it_would_set(store):
    found = card(store, PRIYA, NOW, "P-northgate-dec")
    assert [(line.before, line.after) for line in found.diff] == [
        ("£430", "£480"),
        ("£190", "£240"),
    ]
    assert found.title == "Approve the media plan for December 2026?"


def test_health_is_well_until_a_chain_is_broken(store, tmp_path):
    assert health(store, Scope.operator(), NOW).ok
    other = build(tmp_path / "broken.duckdb")
    other.write(
        lambda conn: conn.exec_driver_sql(
            "update ledger set sentence='x' where client_id='alder' and seq=3"
        )
    )
    found = health(other, Scope.operator(), NOW)
    assert found.ledger_bad == (("alder", 3),)
    assert not found.ok
    other.close()


def test_an_empty_store_reads_as_empty(tmp_path):
    made = Store(connect(f"duckdb:///{tmp_path / 'none.duckdb'}"))
    assert read.names(made, Scope.operator()) == {}
    assert queue(made, Scope.operator(), NOW, "all").items == ()
    assert health(made, Scope.operator(), NOW).clients == ()
    made.close()
    assert os.path.exists(tmp_path / "none.duckdb")


@pytest.mark.parametrize("choice", ["7 days", "30 days", "90 days", "month", "last month"])
@pytest.mark.parametrize("credit", ["closed_won", "last_click", "platform"])
def test_the_total_of_the_drill_down_is_the_spend_above_it_to_the_penny(store, choice, credit):
    page_ = performance(read.material(store, NORTH, "northgate", NOW), NOW, choice, credit)
    found = drill(drill_read.found(store, NORTH, "northgate", NOW, choice), credit)
    assert found.total.sums.spend_micros == page_.figures[0].value
    assert sum(line.sums.spend_micros for line in found.lines) == page_.figures[0].value
    assert found.total.actions == page_.figures[1].value
    assert found.total.cost_micros == page_.figures[2].value
    for line in found.lines:
        below = drill_read.found(store, NORTH, "northgate", NOW, choice, line.key)
        assert drill(below, credit).total.sums == line.sums


def test_the_disagreement_on_the_page_is_what_the_loop_attributes(store):
    with store.read() as conn:
        rows = facts_store.daily(conn, "northgate", date(2026, 1, 1), NOW.date())
        sold = deals.deals(conn, "northgate")
    loops = views(rows, sold, NOW.date())
    found = read.material(store, NORTH, "northgate", NOW)["credit"]
    assert found["disagreement"] == pytest.approx(loops[0].disagreement)
    for mine, theirs in zip(found["channels"], loops, strict=True):
        assert mine["cost_micros"] == theirs.cost_micros
        assert mine["claimed"] == pytest.approx(theirs.platform_conversions)
        assert (mine["leads"], mine["won"]) == (theirs.last_click_leads, theirs.won)
        assert mine["closed_won_share"] == pytest.approx(theirs.closed_won_share)
