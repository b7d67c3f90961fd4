"""After sixty simulated days the honest loop has done, asked, stopped and left what a lived-in house holds."""

import json
from datetime import date

import pytest

from engine import wiring
from engine.commands import plans
from engine.loop import tick
from engine.model.people import Scope
from engine.wiring import Settings
from jobs.market import standing
from sandbox.world import World

CUSTOMERS = ("1000000001", "1000000002")
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(400)]


def test_the_command_answers_by_the_keys_outside_checks_read(demo):
    assert set(demo.answer) >= {
        "store",
        "clients",
        "days",
        "last_day",
        "ticks",
        "decisions",
        "seconds",
    }
    assert demo.answer["days"] == 60
    assert demo.answer["last_day"] == "2026-11-08"
    assert sorted(demo.answer["clients"]) == ["alder", "northgate"]
    assert demo.answer["ticks"] == 122  # one per client and day, and one as the demo opens


def test_every_tick_ended_well(store):
    assert store("SELECT DISTINCT state FROM ticks") == [("ok",)]


def test_at_least_two_plans_were_approved_by_a_person(store):
    ((approved,),) = store(
        "SELECT count(*) FROM plans WHERE status = 'approved' AND decided_by = 'priya'"
    )
    assert approved >= 2


def test_an_approved_plan_was_carried_out(store):
    done = store("SELECT count(*) FROM decisions WHERE agent = 'planning' AND state = 'applied'")
    assert done[0][0] >= 1


def test_at_least_twenty_budget_moves_were_executed_and_read_back(store):
    moves = store(
        "SELECT receipt_json FROM decisions "
        "WHERE kind IN ('set_budgets', 'shift_budget') AND state = 'applied'"
    )
    written = [json.loads(receipt) for (receipt,) in moves if receipt]
    assert sum(bool(each["written"]) for each in written) >= 20


def test_at_least_one_ad_was_paused_on_evidence(store):
    paused = store(
        "SELECT action_json FROM decisions WHERE kind = 'pause_variant' AND state = 'applied'"
    )
    assert paused
    assert all(json.loads(action)["evidence"] for (action,) in paused)


def test_at_least_six_variants_were_made_and_one_was_blocked_with_the_rule_quoted(store):
    variants = store("SELECT state, reasons_json FROM variants")
    blocked = [json.loads(reasons) for state, reasons in variants if state == "blocked"]
    assert len(variants) >= 6
    assert blocked
    for reasons in blocked:
        rules = [r for r in reasons if r["outcome"] == "block"]
        assert any(r["rule"] in {"forbidden_words", "mandatory_inclusions"} for r in rules)
        assert all(len(r["sentence"]) > 20 for r in rules)


def test_at_least_three_escalations_of_two_kinds_were_opened_and_one_is_open(store):
    asked = store("SELECT kind, status, owner, backup, due_at, safe_state FROM escalations")
    assert len(asked) >= 3
    assert len({kind for kind, *_ in asked}) >= 2
    assert any(status in {"open", "deferred"} for _, status, *_ in asked)
    assert all(
        owner and backup and owner != backup and due for _, _, owner, backup, due, _ in asked
    )


def test_last_click_differs_from_closed_won(store):
    shares = store(
        "SELECT channel, count(*) / sum(count(*)) OVER (), "
        "coalesce(sum(amount_micros) FILTER (won), 0) / sum(sum(amount_micros) FILTER (won)) OVER () "
        "FROM deals WHERE client_id = 'northgate' AND channel != '' GROUP BY channel"
    )
    assert any(abs(float(leads) - float(won)) > 0.02 for _, leads, won in shares)


def test_a_new_campaign_was_opened_once_by_an_approved_plan(store):
    opened = store(
        "SELECT state FROM decisions WHERE kind = 'launch_campaign' AND client_id = 'northgate'"
    )
    assert ("applied",) in opened


def test_no_intent_is_left_open_and_no_write_was_sent_twice(store):
    assert store("SELECT count(*) FROM intents WHERE slot = ''") == [(0,)]


def test_what_the_store_holds_is_what_the_market_billed(demo, store):
    """Final days agree to the micro with the market's own ledger of money billed."""

    world = World(demo.folder / "sandbox")
    try:
        rows = world.billed("1000000001", date(2026, 9, 10), date(2026, 10, 25))
    finally:
        world.close()
    billed: dict[str, int] = {}
    for row in rows:
        billed[row["day"]] = billed.get(row["day"], 0) + int(row["billed_micros"])
    told = {
        day.isoformat(): int(cost)
        for day, cost in store(
            "SELECT day, sum(cost_micros) FROM facts WHERE client_id = 'northgate' "
            "AND level = 'campaign' AND day BETWEEN '2026-09-10' AND '2026-10-25' GROUP BY day"
        )
    }
    assert billed
    assert told == billed


def test_the_month_was_never_billed_past_its_budget(store):
    """October was steered from its first day: what it cost stays inside the client's month budget."""
    months = store(
        "SELECT client_id, sum(cost_micros) FROM facts WHERE level = 'campaign' "
        "AND day BETWEEN '2026-10-01' AND '2026-10-31' GROUP BY client_id"
    )
    budgets = {"northgate": 25_000_000_000, "alder": 18_000_000_000}
    assert {client for client, cost in months if int(cost) > budgets[client]} == set()


def test_every_ledger_is_whole(demo):
    done = demo.jobs("doctor", "--json")
    assert json.loads(done.stdout)["ok"], done.stdout


def test_a_tick_leaves_nothing_to_change_and_a_second_one_changes_nothing(demo):
    settings = Settings(store=demo.store)
    with standing(settings) as market:
        house = wiring.house(wiring.connect(settings.url), settings)
        try:
            now = house.clock.now()
            writes = {c: len(market.call(f"/writes?customer_id={c}")["writes"]) for c in CUSTOMERS}
            for client in ("northgate", "alder"):
                tick(house.store, house.platforms, house.deals, client, now)
                again = tick(house.store, house.platforms, house.deals, client, now)
                assert (again.changes, again.decisions) == (0, 0)
                assert plans.diff(house, Scope.operator(), now, client) == []
            after = {c: len(market.call(f"/writes?customer_id={c}")["writes"]) for c in CUSTOMERS}
            assert after == writes  # by the market's own ledger
        finally:
            house.store.close()
