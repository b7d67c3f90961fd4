"""A person's own move passes the same gate, diff and ledger as an agent's."""

import pytest

from engine.commands import escalations as answers
from engine.commands import moves, people
from engine.model.errors import AskPerson, BadInput, TryLater
from engine.model.moves import Wanted
from engine.model.people import Scope
from engine.store import decisions, escalations, ledger
from tests.engine.commands.moving import (
    NOW,
    UNIT,
    A,
    actual,
    budget,
    house,
    make,
    market,
    passes,
    who,
)

__all__ = ["house", "market", "who"]  # fixtures


def test_a_move_inside_the_bounds_is_carried_out_by_the_next_pass(house, who, market):
    shown, made = make(house, who("priya"), budget(290))
    assert (shown.verdict, made.verdict) == ("allowed", "allowed")
    assert shown.rows == (("s1", "300.00", "290.00"),)
    assert shown.month_after <= shown.month_before
    assert market.campaigns["s1"].daily_micros == 300 * UNIT
    passes(house)
    assert market.campaigns["s1"].daily_micros == 290 * UNIT
    with house.store.read() as conn:
        lines = ledger.entries(conn, who("priya"), A)
        found = decisions.get(conn, A, made.decision)
    assert found.agent == "person:priya"
    assert found.state == "applied"
    by_her = [r for r in lines if r.actor == "priya" and r.kind == "decision_allowed"]
    assert "cut Campaign s1 from £300 to £290 a day" in by_her[0].sentence
    assert "The client asked." in by_her[0].sentence


def test_looking_keeps_nothing(house, who):
    with house.store.read() as conn:
        before = len(ledger.entries(conn, who("priya"), A))
    moves.preview(house, who("priya"), NOW, client=A, wanted=budget(290))
    with house.store.read() as conn:
        assert len(ledger.entries(conn, who("priya"), A)) == before
        assert decisions.recent(conn, A) == []


def test_a_move_past_a_bound_is_asked_of_somebody_else(house, who, market):
    shown, made = make(house, who("priya"), budget(590))
    assert (shown.verdict, made.verdict) == ("escalated", "escalated")
    passes(house)
    assert market.campaigns["s1"].daily_micros == 300 * UNIT
    with house.store.read() as conn:
        (question,) = escalations.open_for(conn, who("tom"))
    assert question.owner == "tom"
    assert question.backup == "priya"
    assert question.decision_id == made.decision


def test_nobody_approves_what_they_asked_for_themselves(house, who):
    make(house, who("priya"), budget(590))
    with house.store.read() as conn:
        (question,) = escalations.open_for(conn, who("tom"))
    given = {
        "client": A,
        "escalation_id": question.escalation_id,
        "version": question.version,
        "fingerprint": question.fingerprint,
        "reason": "Agreed.",
    }
    with pytest.raises(AskPerson, match="asked for this yourself"):
        answers.approve(house, who("priya"), NOW, **given)
    answers.approve(house, who("tom"), NOW, **given)


def test_a_move_that_changed_since_it_was_shown_is_refused(house, who, market):
    shown = moves.preview(house, who("priya"), NOW, client=A, wanted=budget(290))
    market.campaigns["s1"] = actual("s1", 280)
    with pytest.raises(AskPerson, match="changed after you looked"):
        moves.make(
            house, who("priya"), NOW, client=A, wanted=budget(290), reason="x", seal=shown.seal
        )


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (budget(300), "nothing would change"),
        (Wanted("start", "s1"), "running already"),
        (Wanted("pause", "gone"), "no campaign gone"),
        (Wanted("pause_ad", "s1", variant="gone"), "no ad gone"),
        (Wanted("start_ad", "s1", variant="a1"), "running already"),
        (Wanted("budget", "s1"), "Write the daily budget"),
    ],
)
def test_what_is_not_there_or_changes_nothing_is_refused(house, who, wish, said):
    with pytest.raises(BadInput, match=said):
        moves.preview(house, who("priya"), NOW, client=A, wanted=wish)


@pytest.mark.parametrize("person", ["maya", "nora"])
def test_only_a_strategist_makes_a_move(house, who, person):
    with pytest.raises(AskPerson):
        moves.preview(house, who(person), NOW, client=A, wanted=budget(290))


def test_an_account_that_does_not_answer_is_judged_on_nothing(house, who, market):
    market.away = True
    with pytest.raises(TryLater):
        moves.preview(house, who("priya"), NOW, client=A, wanted=budget(290))


def test_a_move_is_taken_back_while_what_it_set_still_stands(house, who, market):
    _, made = make(house, who("priya"), Wanted("pause", "s1"))
    passes(house)
    assert not market.campaigns["s1"].enabled
    shown = moves.preview_undo(house, who("tom"), NOW, client=A, decision=made.decision)
    back = moves.undo(
        house,
        who("tom"),
        NOW,
        client=A,
        decision=made.decision,
        reason="Too soon.",
        seal=shown.seal,
    )
    assert back.verdict == shown.verdict
    with pytest.raises(BadInput, match="Only what was carried out"):
        moves.preview_undo(house, who("tom"), NOW, client=A, decision=back.decision)


def test_an_ad_that_was_paused_runs_again(house, who, market):
    _, made = make(house, who("priya"), Wanted("pause_ad", "s1", variant="a1"))
    passes(house)
    assert [ad.enabled for _, ad in market.campaigns["s1"].ads()] == [False]
    shown = moves.preview_undo(house, who("priya"), NOW, client=A, decision=made.decision)
    moves.undo(
        house,
        who("priya"),
        NOW,
        client=A,
        decision=made.decision,
        reason="Run it.",
        seal=shown.seal,
    )
    assert shown.verdict == "allowed"
    passes(house)
    assert [ad.enabled for _, ad in market.campaigns["s1"].ads()] == [True]


def test_a_budget_that_was_changed_again_is_not_taken_back(house, who, market):
    _, made = make(house, who("priya"), budget(290))
    passes(house)
    market.campaigns["s1"] = actual("s1", 250)
    with pytest.raises(BadInput, match="changed again since"):
        moves.preview_undo(house, who("priya"), NOW, client=A, decision=made.decision)


def test_a_move_of_somebody_who_lost_the_right_meanwhile_is_not_carried_out(house, who, market):
    _, made = make(house, who("priya"), budget(290))
    people.shut_out(house, Scope.operator(), NOW, person="priya", wall=NOW)
    passes(house)
    assert market.campaigns["s1"].daily_micros == 300 * UNIT
    with house.store.read() as conn:
        assert decisions.get(conn, A, made.decision).state == "voided"
