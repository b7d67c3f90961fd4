"""More than yes or no in the inbox: each through its buttons, seen in the store."""

from datetime import date, timedelta

import pytest

from engine.model.working_hours import Absence, office
from engine.store import asking, calendars, decisions, escalations, policies
from policies.money import MICROS
from policies.standing import AccountStanding, CampaignStanding, Standing
from tests.pages.conftest import words
from tests.pages.small import ACCOUNTS, CAMPAIGNS, NOW
from tests.pages.test_inbox import inbox, question

C = "northgate"
REF = "E-101"
STEP = "guardrails.step_size.max_share"


@pytest.fixture
def judged(place):
    """A pass has seen the account, and the question is about the bound on steps."""
    account = ACCOUNTS[C]
    there = Standing(
        client=C,
        currency="GBP",
        now=NOW,
        phase="closed_loop",
        accounts=(
            AccountStanding(
                account=account.account,
                platform="google_ads",
                currency="GBP",
                today=NOW.date(),
                days_in_month=30,
            ),
        ),
        campaigns=tuple(
            CampaignStanding(
                campaign=key,
                account=account.account,
                platform="google_ads",
                channel=channel,
                enabled=True,
                daily_micros=daily * MICROS,
                highest_today_micros=daily * MICROS,
                spent_before_today_micros=0,
                spent_today_micros=0,
            )
            for key, channel, daily in CAMPAIGNS[C]
        ),
    )

    def write(conn):
        asking.keep_standing(conn, there)
        conn.exec_driver_sql(
            "update escalations set cause = 'bound:shift_budget:step_size:search-core',"
            " sla_hours = 4, clock_from = opened_at, asked = 'priya' where escalation_id = 'E-101'"
        )

    place.write(write)
    return place


def because(at, reason="As discussed."):
    at.text_input(key=f"why-{REF}").set_value(reason).run()
    return at


def press(at, key):
    at.button(key=f"{key}-{REF}").click().run()
    assert not at.exception
    return words(at).replace("\\", "")


def test_the_first_look_is_kept_once_per_person(place):
    inbox("priya")
    inbox("priya")
    with place.read() as conn:
        assert asking.first_seen(conn, C, REF, "priya") == NOW
        assert asking.first_seen(conn, C, REF, "tom") is None


def test_taking_it_on_leaves_the_question_open_and_says_who(place):
    at = inbox("priya", e=REF)
    assert "Yours now" in press(at, "ack")
    assert question(place).status == "acknowledged"
    assert "Priya Shah has taken it on" in words(at)
    assert at.button(key=f"ack-{REF}").disabled


def test_other_amounts_show_the_gates_verdict_first_and_are_approved_as_their_own_action(judged):
    at = because(inbox("priya", e=REF))
    button = at.button(key=f"edit-{REF}")
    assert button.disabled, "no amount differs yet"
    assert "No amount differs" in words(at)
    at.number_input(key=f"amount-{REF}-search-core").set_value(445.0).run()
    assert "these amounts change the total" in words(at).replace("\\", "")
    at.number_input(key=f"amount-{REF}-partner-stories").set_value(175.0).run()
    assert "can be billed this month" in words(at)
    assert "Approved with other amounts" in press(at, "edit")
    found = question(judged)
    with judged.read() as conn:
        (queued,) = decisions.to_apply(conn, C)
    assert found.status == "approved"
    assert queued.fingerprint == found.fingerprint


def test_a_snooze_needs_room_before_the_deadline(judged):
    at = because(inbox("priya", e=REF))
    assert at.selectbox(key=f"nap-{REF}").options == ["in 1 h, 10:40"]
    press(at, "snooze")
    found = question(judged)
    assert (found.status, found.snoozed_until) == ("snoozed", NOW + timedelta(hours=1))
    assert "asleep until 10:40" in words(at)


def test_it_is_given_to_somebody_who_can_decide(judged):
    at = because(inbox("priya", e=REF), "Tom knows the client.")
    assert at.selectbox(key=f"to-{REF}").options == ["Tom Okafor"]
    press(at, "reassign")
    assert question(judged).asked == "tom"
    assert "asked Tom Okafor" in words(inbox("tom", e=REF))


def test_a_bound_is_tightened_and_the_draft_stays_attached(judged):
    at = because(inbox("priya", e=REF), "Too fast for us.")
    at.selectbox(key=f"bound-{REF}").set_value(STEP).run()
    at.number_input(key=f"value-{REF}-{STEP}").set_value(5.0).run()
    assert "A draft tightens the bound" in press(at, "tighten")
    assert question(judged).status == "tightened"
    shown = words(inbox("priya", e=REF)).replace("\\", "")
    assert "Policy draft v2 belongs to it" in shown
    assert "tighter" in shown


def test_a_wider_bound_is_a_draft_only_and_the_question_stays(judged):
    at = because(inbox("priya", e=REF), "We want it faster.")
    at.number_input(key=f"value-{REF}-{STEP}").set_value(60.0).run()
    assert "it waits for a second person" in press(at, "widen")
    assert question(judged).status == "acknowledged"
    with judged.read() as conn:
        assert policies.version(conn, C, 2).state == "draft"
        assert decisions.to_apply(conn, C) == []


def test_a_refusal_is_said_and_the_question_stays_open(judged):
    at = because(inbox("priya", e=REF))
    at.number_input(key=f"value-{REF}-{STEP}").set_value(60.0).run()
    assert "does not tighten" in press(at, "tighten")
    assert question(judged).status == "open"


def test_the_rows_behind_the_chart_are_there_to_be_counted(place):
    at = inbox("priya", e=REF)
    (behind,) = [e for e in at.expander if "rows behind it" in e.label]
    assert int(behind.label.split()[1]) == 56
    assert "Google Search" in behind.table[0].value.to_string()


def test_repeats_a_breach_and_what_it_comes_back_from_are_told(judged):
    judged.write(
        lambda conn: conn.exec_driver_sql(
            "update escalations set times_seen = 3, last_seen_at = opened_at, breached_due = due_at,"
            " safe_note = 'Nothing moves.', follows = 'E-88' where escalation_id = 'E-101'"
        )
    )
    shown = words(inbox("priya", e=REF)).replace("\\", "")
    assert "Seen 3 times, last 06:40" in shown
    assert "Nobody decided in time. Nothing moves." in shown
    assert "It comes back from E-88." in shown


def picks(at):
    return [b.key for b in at.button if b.key.startswith("pick-E")]


def test_the_queue_is_narrowed_by_kind_and_by_client(place):
    at = inbox("priya")
    at.segmented_control(key="which").set_value("all").run()
    assert len(picks(at)) == 4
    at.selectbox(key="kind").set_value("spend_anomaly").run()
    assert picks(at) == ["pick-E-102", "pick-E-104"]
    at.selectbox(key="of").set_value("alder").run()
    assert not at.exception
    assert picks(at) == ["pick-E-104"]


def test_what_was_answered_is_found_by_its_reason(place):
    for ref, version in (("E-101", 1), ("E-102", 1)):
        place.write(
            lambda conn, ref=ref, version=version: escalations.decide(
                conn,
                C,
                ref,
                expected_version=version,
                status="rejected",
                person="tom",
                reason=f"Because of {ref}.",
                now=NOW,
            )
        )
    at = inbox("priya")
    at.segmented_control(key="which").set_value("done").run()
    at.text_input(key="find").set_value("because of e-102").run()
    assert picks(at) == ["pick-E-102"]


def test_the_time_left_counts_in_the_working_hours_of_who_is_asked(judged):
    short = office("Europe/London").model_copy(
        update={"absences": (Absence(first=date(2026, 11, 16), last=date(2026, 11, 16)),)}
    )
    judged.write(lambda conn: calendars.save(conn, "priya", short, "priya", NOW))
    judged.write(
        lambda conn: conn.exec_driver_sql(
            "update escalations set due_at = '2026-11-17 10:00:00+00' where escalation_id = 'E-101'"
        )
    )
    # Friday 09:40 to 18:00, nothing on Monday, Tuesday 09:00 to 10:00
    assert "9 h of working time left · due Tue 10:00" in words(inbox("priya", e=REF))
