"""Answering in the inbox: through the buttons, seen in the store."""

import pytest

from engine.model.people import Scope
from engine.store import escalations, ledger, plans
from tests.pages.conftest import enter, words
from tests.pages.small import NOW


def inbox(person, **query):
    return enter(person, "pages/strategist/inbox.py", **query)


def question(store, ref="E-101", client="northgate"):
    with store.read() as conn:
        return escalations.get(conn, client, ref)


def answer(at, button, reason=None, ref="E-101"):
    if reason is not None:
        at.text_input(key=f"why-{ref}").set_value(reason).run()
    at.button(key=f"{button}-{ref}").click().run()
    assert not at.exception
    return at


def test_the_most_urgent_question_is_open_with_its_evidence(place):
    at = inbox("priya")
    assert [h.value for h in at.header] == ["Raise the Google Search share past 60%?"]
    shown = words(at)
    assert "1 h 40 min left · due 11:20" in shown
    assert "Search takes at most 60% of the month's projected spend" in shown.replace("\\", "")
    assert "£460" in shown
    assert "Silence never approves anything" in shown


def test_approving_takes_a_reason(place):
    answer(inbox("priya"), "approve")
    assert question(place).status == "open"


def test_an_approval_is_recorded_with_its_reason_and_in_the_ledger(place):
    at = answer(inbox("priya"), "approve", "The gain is worth a point.")
    assert "Approved" in words(at)
    found = question(place)
    assert (found.status, found.decided_by) == ("approved", "priya")
    assert found.decision_reason == "The gain is worth a point."
    with place.read() as conn:
        last = ledger.entries(conn, Scope.operator(), "northgate", limit=1)[0]
    assert "Priya Shah approved" in last.sentence


def test_a_rejection_is_recorded(place):
    answer(inbox("priya"), "reject", "Not before Thursday's test ends.")
    assert question(place).status == "rejected"


def test_a_deferral_comes_back_at_nine_of_the_clients_morning(place):
    answer(inbox("priya"), "defer", "After the weekend.")
    found = question(place)
    assert found.status == "deferred"
    assert found.deferred_until.isoformat() == "2026-11-16T09:00:00+00:00"


def test_what_somebody_decided_meanwhile_is_not_decided_again(place):
    at = inbox("priya")
    at.text_input(key="why-E-101").set_value("Yes.").run()
    place.write(
        lambda conn: escalations.decide(
            conn,
            "northgate",
            "E-101",
            expected_version=1,
            status="rejected",
            person="tom",
            reason="No.",
            now=NOW,
        )
    )
    # the click below was made on the card as it was drawn before
    at.button(key="approve-E-101").click().run()
    assert not at.exception
    assert question(place).decided_by == "tom"
    assert "Already rejected by Tom Okafor" in words(at).replace("\\", "")


def test_a_link_opens_its_question(place):
    at = inbox("priya", e="E-104")
    assert [h.value for h in at.header] == ["YouTube spent 2.4× its usual Saturday"]
    assert "Alder" in words(at)


def test_a_link_to_nothing_says_so(place):
    assert "no such question" in words(inbox("priya", e="E-999"))


def test_a_plan_is_approved_as_shown(place):
    at = inbox("priya", e="P-northgate-dec")
    assert "Approve the media plan for December 2026?" in [h.value for h in at.header]
    answer(at, "approve", "As discussed.", "P-northgate-dec")
    with place.read() as conn:
        assert plans.get(conn, "northgate", "P-northgate-dec").status == "approved"


def test_a_plan_is_rejected_with_its_reason(place):
    at = inbox("priya", e="P-northgate-dec")
    answer(at, "reject", "Too much on YouTube.", "P-northgate-dec")
    with place.read() as conn:
        found = plans.get(conn, "northgate", "P-northgate-dec")
    assert (found.status, found.reason) == ("rejected", "Too much on YouTube.")


def test_done_holds_what_was_answered(place):
    answer(inbox("priya"), "reject", "No.")
    at = inbox("priya")
    at.segmented_control(key="which").set_value("done").run()
    assert not at.exception
    assert "E-101" in words(at)


@pytest.mark.parametrize("ref", ["E-101", "P-northgate-dec"])
def test_without_the_senior_right_approve_is_closed(place, ref):
    place.write(
        lambda conn: conn.exec_driver_sql("update rights set senior = false where person = 'priya'")
    )
    at = inbox("priya", e=ref)
    assert at.button(key=f"approve-{ref}").disabled
    assert "senior right" in words(at)
