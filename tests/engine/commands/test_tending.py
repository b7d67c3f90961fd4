"""More than yes or no: taken on, passed on, out of sight; other amounts; a bound; days away; what time alone does."""

import json
from datetime import date, timedelta

import pytest

from engine.commands import bounds, calendars, clocks, editing, escalations, policies, tending
from engine.commands.bounds import Bound
from engine.commands.tending import Place
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.model.working_hours import office
from engine.reporting.inbox.edit import preview
from engine.store import asking, codec, decisions, ledger, people
from engine.store import escalations as table
from engine.store import policies as policy_table
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from policies import grounds
from policies.verdict import Approval
from tests.engine.commands.conftest import NOW
from tests.engine.execution.shelf import budgets
from tests.strategies import account, campaign, standing

C = "northgate"
UNIT = 1_000_000
ACTION = budgets(("s1", 100, 160)).model_copy(update={"client": C})
THERE = standing(
    campaign("s1", "google_search", 100, account="1000000001"),
    accounts=(account(account="1000000001"),),
).model_copy(update={"client": C})
HOURS = timedelta(hours=1)


@pytest.fixture
def place(house, v1):
    """A budget beyond a bound, asked of priya for four working hours; a pass has seen the account."""
    row = Decision(
        client=C,
        decision_id="D-1",
        tick_id="T-1",
        at=NOW,
        account_day=NOW.date(),
        agent="pacing",
        kind=ACTION.kind,
        action_json=codec.action_json(ACTION),
        fingerprint=ACTION.fingerprint,
        verdict="escalated",
        reasons_json="[]",
        policy_version=1,
        state="proposed",
        sentence="Too large a step.",
    )
    asked = Escalation(
        client=C,
        cause="bound:set_budgets:step_size:s1",
        kind="bound",
        title="Raise s1",
        what="A raise.",
        owner="priya",
        backup="tom",
        opened_at=NOW,
        due_at=NOW + 4 * HOURS,
        asked="priya",
        sla_hours=4.0,
        clock_from=NOW,
        safe="hold",
        safe_state="Budgets stay as they are.",
        action_json=row.action_json,
        fingerprint=ACTION.fingerprint,
        decision_id="D-1",
        based_on_json=json.dumps(grounds.facts(THERE, ACTION)),
    )

    def write(conn):
        decisions.record(conn, C, [row])
        asking.keep_standing(conn, THERE)
        return table.open_or_add(conn, asked)[0]

    return Place(C, house.store.write(write), 1)


def get(house, place):
    with house.store.read() as conn:
        return table.get(conn, C, place.escalation_id)


def lines(house):
    with house.store.read() as conn:
        return ledger.entries(conn, Scope.operator(), C, limit=9)


def later(place):
    return Place(place.client, place.escalation_id, place.version + 1)


def edit(house, scope, place, micros, **more):
    given = {"fingerprint": ACTION.fingerprint, "reason": "Half of it.", **more}
    editing.approve_with_edit(house, scope, NOW, place, amounts={"s1": micros}, **given)


def test_who_has_taken_it_on_is_kept_and_may_not_do_so_twice(house, who, place):
    tending.acknowledge(house, who("priya"), NOW, place)
    assert (get(house, place).status, get(house, place).acknowledged_by) == (
        "acknowledged",
        "priya",
    )
    with pytest.raises(BadInput, match="acknowledged"):
        tending.acknowledge(house, who("tom"), NOW, later(place))


def test_it_is_given_to_somebody_who_can_decide_with_the_rest_of_the_time(house, who, place):
    then = NOW + HOURS
    tending.reassign(house, who("priya"), then, place, to="tom", reason="He knows it.")
    found = get(house, place)
    assert (found.asked, found.owner, found.sla_hours) == ("tom", "priya", 3.0)
    assert found.due_at == NOW + 4 * HOURS
    with house.store.read() as conn:
        (call,) = asking.pings(conn, C, place.escalation_id)
    assert (call.person, call.why) == ("tom", "reassigned")
    assert "He knows it." in call.sentence


@pytest.mark.parametrize("to", ["maya", "nora", "nobody"])
def test_it_is_given_to_nobody_who_cannot_decide(house, who, place, to):
    with pytest.raises(BadInput, match="somebody who can decide"):
        tending.reassign(house, who("priya"), NOW, place, to=to, reason="Please.")


def test_a_snooze_ends_at_the_deadline_at_the_latest(house, who, place):
    with pytest.raises(BadInput, match="until its deadline at most"):
        tending.snooze(house, who("priya"), NOW, place, until=NOW + 5 * HOURS, reason="Later.")
    tending.snooze(house, who("priya"), NOW, place, until=NOW + HOURS, reason="Later.")
    clocks.run_out(house, C, NOW + HOURS - timedelta(minutes=1))
    assert get(house, place).status == "snoozed"
    clocks.run_out(house, C, NOW + HOURS)
    assert get(house, place).status == "open"


def test_the_seconds_to_decide_count_from_the_first_look(house, who, place):
    look = {"client": C, "escalation_id": place.escalation_id}
    assert tending.looked_at(house, who("tom"), NOW, **look)
    assert not tending.looked_at(house, who("tom"), NOW + HOURS, **look)
    then = NOW + timedelta(seconds=95)
    escalations.reject(
        house,
        who("tom"),
        then,
        client=C,
        escalation_id=look["escalation_id"],
        version=1,
        reason="No.",
    )
    assert json.loads(lines(house)[0].detail_json)["seconds_to_decide"] == 95


def test_a_deadline_that_passes_asks_the_backup_and_approves_nothing(house, who, place):
    clocks.run_out(house, C, NOW + 4 * HOURS)
    clocks.run_out(house, C, NOW + 5 * HOURS)
    found = get(house, place)
    assert (found.status, found.asked, found.version) == ("open", "tom", 2)
    assert "Nothing moves" in found.safe_note
    with house.store.read() as conn:
        assert {p.person for p in asking.pings(conn, C)} == {"tom", "priya"}
        assert decisions.to_apply(conn, C) == []
    late = [line for line in lines(house) if line.kind == "escalation_breached"]
    assert len(late) == 1
    assert "nothing was approved" in late[0].sentence


def away(house, who, person, first, last=None):
    days = {"first": first, "last": last or first}
    mine = {**office("Europe/London").model_dump(), "absences": (days,)}
    calendars.keep(house, who(person), NOW, person, mine)


def test_somebody_who_goes_away_hands_over_with_the_rest_of_the_time(house, who, place):
    away(house, who, "priya", date(2026, 11, 9))
    clocks.run_out(house, C, NOW + 2 * HOURS)
    found = get(house, place)
    assert (found.asked, found.sla_hours) == ("tom", 4.0)  # none of the owner's time was used
    assert found.due_at == NOW + 6 * HOURS
    assert "Priya Raman is away, so Tom Okafor is asked" in lines(house)[0].sentence


def test_while_both_are_away_the_question_stays_where_it_is(house, who, place):
    away(house, who, "priya", date(2026, 11, 9))
    away(house, who, "tom", date(2026, 11, 9))
    clocks.run_out(house, C, NOW + 2 * HOURS)
    assert get(house, place).asked == "priya"


def test_other_amounts_are_a_new_action_with_a_yes_of_its_own(house, who, place):
    edit(house, who("priya"), place, 150 * UNIT)
    found = get(house, place)
    with house.store.read() as conn:
        (queued,) = decisions.to_apply(conn, C)
        assert decisions.get(conn, C, "D-1").state == "voided"
    given = Approval.model_validate_json(queued.approval_json)
    assert found.status == "approved"
    assert found.fingerprint == given.fingerprint == queued.fingerprint != ACTION.fingerprint
    assert given.grounds == grounds.facts(THERE, ACTION)
    assert codec.action(queued.action_json).changes[0].after_micros == 150 * UNIT


@pytest.mark.parametrize(
    ("micros", "said"),
    [(160 * UNIT, "No amount differs"), (-1, "zero or more"), (10**15, "The gate blocks it")],
)
def test_amounts_that_make_no_action_or_one_that_is_blocked_are_refused(
    house, who, place, micros, said
):
    if micros == 10**15:
        moved = THERE.model_copy(
            update={"campaigns": (campaign("s1", "google_search", 90, account="1000000001"),)}
        )
        house.store.write(lambda conn: asking.keep_standing(conn, moved))
    with pytest.raises(BadInput, match=said):
        edit(house, who("priya"), place, micros)
    assert get(house, place).status == "open"
    with house.store.read() as conn:
        assert decisions.get(conn, C, "D-1").state == "proposed"


def test_the_verdict_on_other_amounts_is_seen_before_they_are_sent(house, who, place):
    scope = who("priya")
    seen = preview(house.store, scope, C, place.escalation_id, {"s1": 101 * UNIT})
    assert seen.tone in {"green", "orange"}
    assert "can be billed this month" in seen.sentence
    assert not preview(house.store, scope, C, place.escalation_id, {}).may_send
    with pytest.raises(AskPerson):
        preview(house.store, who("stranger"), C, place.escalation_id, {})


def test_without_the_senior_right_no_amounts_are_approved(house, who, place):
    scope = Scope("tom", "Tom", "strategist", frozenset({C}))
    with pytest.raises(AskPerson, match="senior"):
        edit(house, scope, place, 150 * UNIT)


STEP = "guardrails.step_size.max_share"


def test_a_tighter_bound_answers_the_question_and_the_diff_stays_attached(house, who, place):
    version = bounds.tighten(
        house, who("priya"), NOW, place, bound=Bound(STEP, 5.0), reason="Too fast for us."
    )
    found = get(house, place)
    assert (found.status, found.policy_draft) == ("tightened", version)
    assert "tighter" in found.policy_diff_json
    with house.store.read() as conn:
        assert policy_table.version(conn, C, version).state == "draft"
        assert decisions.to_apply(conn, C) == []


@pytest.mark.parametrize(
    ("verb", "value", "said"),
    [
        (bounds.tighten, 90.0, "does not tighten"),
        (bounds.widen, 5.0, "does not widen"),
        (bounds.tighten, None, "Write a value"),
    ],
)
def test_a_value_on_the_wrong_side_leaves_no_draft_behind(house, who, place, verb, value, said):
    with pytest.raises(BadInput, match=said):
        verb(house, who("priya"), NOW, place, bound=Bound(STEP, value), reason="So.")
    assert get(house, place).status == "open"
    with house.store.read() as conn:
        assert all(v.state != "draft" for v in policy_table.history(conn, C))


def test_a_wider_bound_approves_nothing_until_a_second_person_has_published_it(house, who, place):
    version = bounds.widen(
        house, who("priya"), NOW, place, bound=Bound(STEP, 90.0), reason="We want it faster."
    )
    assert get(house, place).status == "acknowledged"
    clocks.run_out(house, C, NOW + HOURS)
    assert get(house, place).status == "acknowledged"
    seal = policies.seal_of(house, who("tom"), C, version)
    with pytest.raises(AskPerson, match="second person"):
        policies.publish(house, who("priya"), NOW, C, version, seal=seal)
    policies.publish(house, who("tom"), NOW, C, version, seal=seal)
    clocks.run_out(house, C, NOW + HOURS)
    assert (get(house, place).status, get(house, place).decided_by) == ("done", None)


def test_somebody_inactive_is_not_among_those_who_can_decide(house, who):
    assert set(tending.can_decide(house, who("priya"), C)) == {"priya", "tom"}
    house.store.write(lambda conn: people.revoke(conn, "tom", NOW, active=False))
    assert set(tending.can_decide(house, who("priya"), C)) == {"priya"}
