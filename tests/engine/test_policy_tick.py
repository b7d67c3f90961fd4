"""A published policy is what the next tick judges by; a draft is not."""

from engine.commands import policies
from engine.commands.people import person_scope
from engine.commands.policies import Opened
from engine.store import policies as table
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
