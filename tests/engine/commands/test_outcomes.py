"""Acts are judged once their days are final: once, in one row and one line of the ledger."""

import json
from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest

from engine.commands.outcomes import judge_outcomes
from engine.model.credit import FINAL_AFTER_DAYS
from engine.model.effects import judged_on
from engine.model.outcomes import DEALS
from engine.model.people import Scope
from engine.store import codec, deals, decisions, effects, facts, ledger
from engine.store.decisions import Decision
from policies.actions import BudgetChange, SetBudgets
from tests.engine.store.values import a_deal, a_fact, a_pull

from .conftest import NOW

DAY = date(2026, 10, 1)
DUE = judged_on(DAY, FINAL_AFTER_DAYS)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=NOW.tzinfo)


def an_act(number, campaigns=("search-core",), day=DAY, state="applied"):
    changes = tuple(
        BudgetChange(
            campaign=c,
            account="1",
            channel="google_search",
            before_micros=10**7,
            after_micros=2 * 10**7,
        )
        for c in campaigns
    )
    action = SetBudgets(
        client="northgate",
        currency="GBP",
        agent="pacing",
        reason="The month is short.",
        changes=changes,
    )
    return Decision(
        *("northgate", f"d{number}", "t1", at(day), day, "pacing", "set_budgets"),
        *(codec.action_json(action), action.fingerprint, "allowed", "[]", 1, state),
        "Set the budget of Search.",
        applied_at=at(day),
    )


@pytest.fixture
def seen(house):
    """``seen({campaign: (leads before, leads after)})``: two windows of even media, and their leads."""

    def keep(counts):
        first, last = DAY - timedelta(days=14), DAY + timedelta(days=14)
        days = [first + timedelta(days=n) for n in range(29)]
        rows = [a_fact(day, c, 10**8) for day in days for c in counts]
        begun = [
            a_deal(f"{c}-{start}-{n}", created=start + timedelta(days=n % 14)) | {"campaign": c}
            for c, both in counts.items()
            for start, number in zip((first, DAY + timedelta(days=1)), both, strict=True)
            for n in range(number)
        ]

        def write(conn):
            facts.replace_window(
                conn, "northgate", "google_ads", "1", a_pull(rows, first, last), currency="GBP"
            )
            deals.upsert_deals(
                conn, "northgate", "hubspot", pa.Table.from_pylist(begun, schema=DEALS)
            )

        house.store.write(write)

    return keep


def acted(house, *acts):
    house.store.write(lambda conn: decisions.record(conn, "northgate", acts))


def outcome(house, number=1):
    with house.store.read() as conn:
        return effects.of(conn, "northgate", f"d{number}")


def lines(house):
    with house.store.read() as conn:
        return ledger.entries(conn, Scope.operator(), "northgate", kinds=("outcome",))


def test_an_act_is_judged_on_its_day_and_not_before(house, seen):
    seen({"search-core": (40, 90), "video": (60, 60)})
    acted(house, an_act(1))
    judge_outcomes(house, "northgate", at(DUE - timedelta(days=1)))
    assert outcome(house) is None
    judge_outcomes(house, "northgate", at(DUE))
    found = outcome(house)
    assert (found.word, found.compared, found.together) == ("better", 1, 0)
    assert (found.leads_before, found.leads_after) == (40, 90)
    assert found.cost_before_micros == found.cost_after_micros == 14 * 10**8
    (line,) = lines(house)
    assert line.ref == "d1"
    assert "Better: leads for the same media rose 123%" in line.sentence
    assert "beside the campaigns nobody touched" in line.sentence
    assert json.loads(line.detail_json)["word"] == "better"


def test_judging_again_changes_nothing_the_same_day_or_later(house, seen):
    seen({"search-core": (40, 90)})
    acted(house, an_act(1))
    for later in (DUE, DUE, DUE + timedelta(days=1), DUE + timedelta(days=30)):
        judge_outcomes(house, "northgate", at(later))
    assert len(lines(house)) == 1
    assert outcome(house).judged_on == DUE


def test_another_act_on_the_same_campaign_is_said_and_one_elsewhere_is_not_compared_with(
    house, seen
):
    seen({"search-core": (40, 90), "video": (60, 120)})
    acted(
        house,
        an_act(1),
        an_act(2, day=DAY + timedelta(days=5)),
        an_act(3, ("video",), day=DAY - timedelta(days=3)),
    )
    judge_outcomes(house, "northgate", at(DUE))
    found = outcome(house)
    assert (found.together, found.compared) == (1, 0)
    assert "Together with 1 other act" in found.sentence


def test_without_leads_it_says_that_there_is_too_little(house, seen):
    seen({"search-core": (1, 2)})
    acted(house, an_act(1))
    judge_outcomes(house, "northgate", at(DUE))
    assert outcome(house).word == "too_little"
    assert outcome(house).ratio is None


def test_what_was_not_carried_out_has_no_outcome(house, seen):
    seen({"search-core": (40, 90)})
    acted(house, an_act(1, state="voided"))
    judge_outcomes(house, "northgate", at(DUE))
    assert lines(house) == []
