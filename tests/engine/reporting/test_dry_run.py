"""Past actions judged again under a draft: what changes, in numbers, in words, by week, and what is left open."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.reporting.policies import dry_run as reporting
from policies.drafting.dry_run import NO_ACTION, NO_STANDING, PastAct, dry_run, milder
from policies.edition import edition
from policies.gate import judge
from policies.reading import policy_text
from tests.strategies import change, pause_variant, policy, set_budgets, standing, with_rule

NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)
RAISE = set_budgets(change("s1", "google_search", 300, 330))
TIGHT = with_rule("step_size", policy(), max_share=10_000)


def act(ref="a", action=RAISE, days=1, verdict="allowed", **more):
    fields = {
        "ref": ref,
        "at": NOW - timedelta(days=days),
        "day": (NOW - timedelta(days=days)).date(),
        "act": "Raise Search from £300 to £330 a day.",
        "action": action,
        "standing": standing(),
        "verdict": verdict,
        "reason": "Within every bound.",
        "policy_version": 1,
        "edition": edition(),
    }
    return PastAct(**{**fields, **more})


def answer(acts, draft=TIGHT, then=None):
    return reporting.answer(dry_run(acts, draft, then), NOW - timedelta(days=90), NOW)


def test_what_would_have_been_asked_is_counted_listed_and_quoted():
    told = answer([act("a"), act("b", pause_variant())])
    assert (told["allowed"], told["escalated"], told["blocked"]) == (1, 1, 0)
    assert told["newly"] == {"allowed": 0, "escalated": 1, "blocked": 0}
    assert told["sentence"] == "Would have escalated 1; 1 of 2 past actions judged as before."
    row = told["rows"][0]
    assert (row["before"], row["after"], row["change"]) == ("allowed", "escalated", "stricter")
    assert row["date"] == "2026-11-08"
    assert row["act"] == "Raise Search from £300 to £330 a day."
    assert "One action may move at most 1% of a channel's daily budget" in row["reason"]


def test_the_policy_of_then_changes_nothing():
    told = answer([act(verdict=judge(RAISE, policy(), standing()).verdict)], policy())
    assert told["same"] == 1
    assert told["sentence"] == "Would have changed nothing: 1 past action is judged as before."


def test_what_was_asked_and_would_be_let_through_is_milder():
    told = answer([act(verdict="escalated", reason="Too much.")], policy())
    assert told["newly"]["allowed"] == 1
    assert (told["rows"][0]["change"], told["rows"][0]["reason_then"]) == ("milder", "Too much.")


def test_what_cannot_be_judged_is_counted_and_listed_and_in_no_other_count():
    told = answer([act("a", standing=None), act("b", action=None), act("c")])
    assert told["not_judged"] == 2
    assert told["allowed"] + told["escalated"] + told["blocked"] == 1
    assert [r["reason"] for r in told["rows"][:2]] == [NO_STANDING, NO_ACTION]
    assert "2 past actions could not be judged again" in told["sentence"]


def test_an_empty_past_says_so():
    assert answer([])["sentence"].startswith("No action was decided in this time")
    assert answer([act(standing=None)])["sentence"].startswith("1 past action could not")


def test_a_verdict_that_the_program_changed_is_told_apart_from_one_the_draft_changes():
    old = act(verdict="blocked", edition="policies of before")
    then = {1: policy()}
    assert answer([old], TIGHT, then)["other_program"] == 1
    same_then = dataclasses.replace(old, verdict="allowed")
    assert answer([same_then], TIGHT, then)["other_program"] == 0
    assert answer([dataclasses.replace(old, edition=edition())], TIGHT, then)["other_program"] == 0


def test_the_second_check_of_a_tightening_compares_with_the_policy_in_force_now():
    acts = [act(), act("b", standing=None), act("c", action=None)]
    assert milder(acts, policy(), TIGHT) == ()
    assert [a.ref for a in milder(acts, TIGHT, policy())] == ["a"]


def test_the_weeks_run_from_the_first_change_to_the_last():
    rows = answer([act("a", days=20), act("b", days=1), act("c", pause_variant(), days=40)])["rows"]
    found = reporting.weeks(rows)
    assert [w.monday for w in found] == [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2)]
    assert [w.escalated for w in found] == [1, 0, 1]
    assert reporting.weeks([]) == ()


@pytest.fixture
def text():
    return policy_text(policy().model_copy(update={"client": "northgate"}), ".toml")


def run(place, scope, text, **more):
    return reporting.of_file(place, scope, NOW, "northgate", text, ".toml", **more)


def test_a_file_of_another_client_a_broken_one_and_senseless_days_are_refused(store_of, text):
    place, operator = store_of, Scope.operator()
    with pytest.raises(BadInput, match="for alder in GBP"):
        run(place, operator, text.replace('client = "northgate"', 'client = "alder"'))
    with pytest.raises(BadInput, match="for northgate in USD"):
        run(place, operator, text.replace('"GBP"', '"USD"'))
    with pytest.raises(BadInput, match="is missing"):
        run(place, operator, 'client = "northgate"')
    for days in (0, 100_000):
        with pytest.raises(BadInput, match="looks back 1 to"):
            run(place, operator, text, days=days)
    with pytest.raises(AskPerson):
        run(place, Scope("ben", "Ben", "client", frozenset({"alder"})), text)


def test_decisions_of_an_older_store_are_counted_as_not_judged(store_of, text):
    told = run(store_of, Scope.operator(), text)
    assert told["not_judged"] == len(told["rows"]) > 0
    with pytest.raises(BadInput, match="There is no v99"):
        reporting.of_draft(store_of, Scope.operator(), NOW, "northgate", 99)


def test_a_preset_is_tried_as_if_it_were_the_clients(store_of):
    preset = policy_text(policy(), ".toml")
    assert run(store_of, Scope.operator(), preset)["rows"]


@pytest.fixture(scope="module")
def store_of(tmp_path_factory):
    from tests.pages.build import build

    place = build(tmp_path_factory.mktemp("dry") / "store.duckdb")
    yield place
    place.close()
