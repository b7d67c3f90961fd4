"""The plan page: the proposal beside what is set, what holds it, and the answer bound to it."""

from datetime import timedelta

from engine.model.desired import DesiredCampaign
from engine.store import desired, ledger, plans
from policies.money import MICROS
from tests.pages.conftest import enter, words
from tests.pages.small import NOW

PLAN = "P-northgate-dec"


def plan(person="priya", client="Northgate Advisory"):
    return enter(person, "pages/strategist/plan.py", client=client)


def shown(at):
    return words(at).replace("\\", "")


def status(store):
    with store.read() as conn:
        return plans.get(conn, "northgate", PLAN)


def test_budgets_are_compared_channel_by_channel_with_what_they_should_bring(place):
    at = plan()
    assert not at.exception
    told = shown(at)
    assert "A plan for December waits for a decision" in told
    table = at.table[0].value
    assert list(table.columns) == ["Channel", "Set now", "Plan", "Change", "Share"]
    assert "£430" in table["Set now"][0]
    assert "£480" in table["Plan"][0]
    assert (
        "Google Search: 30 (likely 20–40) expected this month, £496 (likely £372–£744) each" in told
    )


def test_the_worst_case_after_the_plan_stands_beside_the_cap(place):
    told = shown(plan())
    assert "The most that can be billed today is £1,240" in told
    assert "After this plan: £1,440 today" in told  # twice 480 and 240
    assert "of the £25,000 allowed" in told


def test_what_holds_the_plan_is_named_by_its_rule(place):
    told = shown(plan())
    assert "Cap of the month" in told
    assert "reached" in told


def test_a_decided_plan_leads_to_its_lines_in_the_ledger_of_the_same_client(place):
    at = plan()
    at.button(key="lines-P-northgate-nov").click().run()
    assert not at.error
    assert at.title[0].value == "Ledger"
    assert at.query_params["find"] == "P-northgate-nov"
    assert at.segmented_control(key="client").value == "northgate"


def test_a_budget_moved_since_the_plan_was_drawn_up_is_pointed_out(place):
    with place.read() as conn:
        core = desired.load(conn, "northgate")["search-core"]
    moved = DesiredCampaign(**{**core.model_dump(), "daily_micros": 440 * MICROS})
    place.write(lambda conn: desired.save(conn, "northgate", [moved]))
    tables = "\n".join(t.value.to_string() for t in plan().table)
    assert "was £430 when the plan was drawn up" in tables


def test_approving_takes_a_reason_and_then_holds_for_exactly_this_plan(place):
    at = plan()
    at.button(key=f"approve-{PLAN}").click().run()
    assert status(place).status == "waiting"
    at.text_input(key=f"why-{PLAN}").set_value("As agreed.").run()
    at.button(key=f"approve-{PLAN}").click().run()
    assert not at.exception
    assert (status(place).status, status(place).reason) == ("approved", "As agreed.")
    assert "Approved" in shown(at)


def test_a_plan_changed_under_the_reader_is_not_approved(place):
    at = plan()
    at.text_input(key=f"why-{PLAN}").set_value("Yes.").run()
    body = status(place).body_json.replace("480000000", "490000000")
    place.write(
        lambda conn: plans.save(
            conn,
            "northgate",
            PLAN,
            month=status(place).month,
            body_json=body,
            status="waiting",
            now=NOW,
        )
    )
    at.button(key=f"approve-{PLAN}").click().run()
    assert status(place).status == "waiting"
    assert "changed after you opened it" in shown(at)


def test_the_team_reads_the_plan_and_decides_nothing(place):
    at = plan("maya")
    assert not at.exception
    told = shown(at)
    assert "A senior strategist decides" in told
    assert not any(b.key and b.key.startswith(("approve", "reject")) for b in at.button)


def test_a_platform_that_cannot_be_read_leaves_the_rest_of_the_page(place):
    at = plan()
    assert any("not started" in w.value for w in at.warning)
    assert not at.error
    assert "Plans before" in shown(at)


def test_the_history_says_who_decided_when_and_why(place):
    told = shown(plan())
    assert "Priya Shah, Wed 4 Nov, 09:40 · Good." in told


def test_reasons_why_no_plan_stands_are_shown_until_one_does(place):
    def none(conn):
        conn.exec_driver_sql("delete from plans where client_id='northgate'")
        entry = ledger.LedgerEntry(
            at=NOW - timedelta(hours=3),
            actor="platform",
            actor_role="worker",
            kind="plan_infeasible",
            ref="2026-11",
            sentence="No plan.",
            detail_json='{"reasons": ["The minimums come to £900 a day."]}',
        )
        ledger.append(conn, "northgate", [entry])

    place.write(none)
    told = shown(plan())
    assert "No plan stands inside the bounds" in told
    assert "The minimums come to £900 a day." in told


def test_a_plan_that_cannot_be_read_says_so(place):
    place.write(
        lambda conn: conn.exec_driver_sql(
            "update plans set body_json='{}' where client_id='northgate' and plan_id='P-northgate-dec'"
        )
    )
    at = plan()
    assert any("cannot be read by this version" in e.value for e in at.error)
