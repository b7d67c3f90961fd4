"""A published policy is what the next tick judges by; a draft is not."""

from datetime import timedelta

from engine.commands import policies
from engine.commands.people import person_scope
from engine.commands.policies import Opened
from engine.store import judged_on
from engine.store import policies as table
from engine.store.passes import policy_in_force
from policies.actions import BudgetChange, SetBudgets
from policies.drafting.dry_run import dry_run
from policies.drafting.forms import policy_fields
from policies.drafting.typed import NONE, shown
from policies.drafting.versions import values_of

KINDS = "guardrails.phase.closed_loop.kinds"


def scope(small, person):
    return person_scope(small.house.store, person)


def drafted(small) -> int:
    """Maya types that nothing may be done alone in the closed-loop phase."""
    with small.house.store.read() as conn:
        values = values_of(table.current(conn, small.client).body_json)
    raws = {p: shown(f, values.get(p)) for p, f in policy_fields().items()} | {KINDS: [NONE]}
    return policies.save_typed(
        small.house, scope(small, "maya"), small.now(), small.client, raws, Opened(base=1)
    )


def verdicts(small, version):
    return [d.verdict for d in small.decided() if d.policy_version == version]


def test_the_next_tick_judges_by_what_was_published_and_not_by_a_draft(small):
    draft = drafted(small)
    small.tick()
    assert "allowed" in verdicts(small, 1)
    assert verdicts(small, draft) == []
    priya = scope(small, "priya")
    seal = policies.seal_of(small.house, priya, small.client, draft)
    policies.publish(small.house, priya, small.now(), small.client, draft, seal=seal)
    before = len(verdicts(small, 1))
    for _ in range(8):
        small.days(1)
        small.tick()
    judged = verdicts(small, draft)
    assert judged, "eight days bring something to judge"
    assert "allowed" not in judged
    assert len(verdicts(small, 1)) == before


def test_what_the_gate_judged_on_is_kept_with_the_decisions_and_gives_the_same_verdicts_again(
    small,
):
    for _ in range(4):
        small.tick()
        small.days(1)
    decided = small.decided()
    assert decided
    with small.house.store.read() as conn:
        past = judged_on.past(conn, small.client, small.now() - timedelta(days=30), small.now())
        policy = policy_in_force(conn, small.client)
        rows = conn.exec_driver_sql("select judgement, policy_version from judged_on").fetchall()
    assert {d.tick_id for d in decided} == {row[0] for row in rows}
    assert {row[1] for row in rows} == {1}
    found = dry_run(past, policy)
    assert found.changes("same") == len(decided)
    assert all(r.reason == r.past.reason for r in found.rows)


def test_an_order_of_a_plan_keeps_the_standing_it_was_carried_out_on(small):
    small.tick()
    before = small.daily("search-core")
    move = BudgetChange(
        campaign="search-core",
        account=small.data.account.account,
        channel="google_search",
        before_micros=before,
        after_micros=before - 1_000_000,
    )
    who = {"client": small.client, "currency": "GBP", "agent": "planning", "reason": "The plan."}
    small.days(1)
    small.order("P-1", SetBudgets(**who, changes=(move,)))
    small.tick()
    with small.house.store.read() as conn:
        past = judged_on.past(conn, small.client, small.now() - timedelta(days=9), small.now())
    (one,) = [a for a in past if a.ref == "P-1"]
    assert one.standing is not None
    assert (one.verdict, one.policy_version) == ("allowed", 1)
