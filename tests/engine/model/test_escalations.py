from datetime import UTC, datetime

from engine.model import escalations
from engine.model.alarms import Alarm, Option
from policies import gate
from policies.actions import Evidence
from policies.verdict import Escalated
from tests import strategies
from tests.engine.brainkit import UNIT

FRIDAY = datetime(2026, 11, 6, 16, 0, tzinfo=UTC)
SETTING = {"client": strategies.CLIENT, "now": FRIDAY, "time_zone": "Europe/London"}


def escalated(after: int = 900, **more: object) -> Escalated:
    action = strategies.set_budgets(strategies.change("s1", "google_search", 300, after), **more)
    verdict = gate.judge(action, strategies.policy(), strategies.standing())
    assert isinstance(verdict, Escalated)
    return verdict


def draft(verdict: Escalated) -> escalations.EscalationDraft:
    return escalations.from_verdict(
        verdict, strategies.policy(), standing=strategies.standing(), **SETTING
    )


def test_a_bound_becomes_a_question_with_owner_clock_and_safe_state() -> None:
    found = draft(escalated())
    assert (found.owner, found.backup, found.safe_state) == (
        "priya",
        "tom",
        "Budgets stay as they are.",
    )
    assert found.due_at == datetime(2026, 11, 9, 15, 0, tzinfo=UTC)  # 2 h on Friday, 6 on Monday
    assert found.fingerprint == escalated().action.fingerprint
    assert found.before_after == (("s1", "300.00", "900.00"),)
    assert "One action moves at most" in found.rule_quote
    assert len(found.title) <= 52


def test_every_option_says_what_can_be_billed() -> None:
    approve, reject, defer = draft(escalated()).options
    # before: (300+120+150+100) x 30.4; after: s1 at 900 for the 22 days left
    assert "£20,368" in reject.consequence
    assert "£20,368" in defer.consequence
    assert "£31,048" in approve.consequence


def test_waiting_costs_what_the_action_expects_to_gain() -> None:
    gain = (Evidence(name="Expected gain", value=12.34, unit="revenue a day"),)
    assert draft(escalated(evidence=gain)).waiting_cost_micros == 12_340_000
    assert draft(escalated()).waiting_cost_micros is None


def test_the_same_ask_has_the_same_cause_and_another_bound_another() -> None:
    assert draft(escalated(900)).cause == draft(escalated(901)).cause
    assert draft(escalated(900)).cause != draft(escalated(500)).cause


def test_an_alarm_goes_to_the_owner_of_its_trigger() -> None:
    alarm = Alarm(
        kind="spend_anomaly",
        cause="spend_anomaly:youtube:2026-W45",
        title="YouTube",
        what="It spent.",
        evidence=(),
        options=(Option(label="Leave it", consequence="It goes on."),),
        waiting_cost_micros=5 * UNIT,
    )
    found = escalations.from_alarm(alarm, strategies.policy(), **SETTING)
    assert found.due_at == datetime(2026, 11, 6, 18, 0, tzinfo=UTC)
    assert (found.action, found.fingerprint) == (None, "")
    assert "min deviation 150.00" in found.rule_quote
    assert found.options == alarm.options
