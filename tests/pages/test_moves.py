"""Moves: hands off and phases on the page, and a market that does not answer."""

from engine.model.people import Scope
from engine.store import clients, ledger
from tests.pages.conftest import enter, words

PAGE = "pages/strategist/moves.py"


def button(at, label):
    return next(b for b in at.button if b.label == label)


def test_a_campaign_is_locked_and_the_lock_lifted_with_reasons(place):
    at = enter("priya", PAGE, client="northgate")
    assert "Nothing is locked" in words(at)
    button(at, "Lock it").click().run()
    assert "Write a reason" in words(at)
    at.text_input(key="lock-why").set_value("Audit of the account.")
    button(at, "Lock it").click().run()
    assert "Nothing but the kill switch touches it" in words(at).replace("\\", "")
    assert "Audit of the account" in words(at).replace("\\", "")
    at.text_input(key="lift-why-L-1").set_value("Done.")
    button(at, "Lift now").click().run()
    assert "Nothing is locked" in words(at)
    with place.read() as conn:
        kinds = [r.kind for r in ledger.entries(conn, Scope.operator(), "northgate", limit=2)]
    assert kinds == ["lock_lifted", "lock"]


def test_a_market_that_does_not_answer_is_told_and_nothing_is_judged(place):
    at = enter("priya", PAGE, client="northgate")
    button(at, "See what the gate says").click().run()
    assert not at.exception
    assert "has not started yet" in words(at).replace("\\", "")


def test_the_phase_shows_what_is_missing_and_goes_back_with_a_reason(place):
    at = enter("priya", PAGE, client="northgate")
    told = words(at).replace("\\", "")
    assert "Closed-won deals old enough to count" in told
    assert button(at, "Promote to continuous").disabled
    at.text_input(key="phase-why").set_value("Tracking is being rebuilt.")
    button(at, "Back to launch").click().run()
    assert "The phase was changed" in words(at).replace("\\", "")
    with place.read() as conn:
        assert clients.client(conn, "northgate").phase == "launch"


def test_the_team_has_no_such_page(place):
    at = enter("maya")
    assert "pages/strategist/moves.py" not in str(at.session_state)
