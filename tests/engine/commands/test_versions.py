"""A proven tightening by its author, files made from an older version, and two people at once."""

import json
import threading
from datetime import timedelta

import pytest

from engine.commands import policies
from engine.model.errors import AskPerson, BadInput, Fault
from engine.store import decisions, judged_on, ledger
from engine.store import policies as table
from engine.store.codec import action_json
from engine.store.decisions import Decision
from engine.store.policies import AGENCY
from policies.gate import judge
from policies.reading import policy_text
from tests.engine.commands.conftest import NOW
from tests.engine.commands.test_policies import (
    STEP,
    WINDOW,
    C,
    in_force,
    publish,
    stored,
    typed,
)
from tests.strategies import change, set_budgets, standing

OWNER = "triggers.bound.owner"


def file_of(house, version, **changes):
    """A version as its download writes it, some lines changed."""
    from policies.reading import read_policy

    policy = read_policy(stored(house, version).body_json, suffix=".json")
    text = policy_text(policy.model_copy(update={"version": version}), ".toml")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def upload(house, who, data):
    return policies.save_upload(house, who("maya"), NOW, C, "policy.toml", data)


def past(house, verdict="escalated"):
    """An action of yesterday with the standing it was judged on."""
    world = standing(client=C)
    action = set_budgets(change("s1", "google_search", 300, 420), client=C)
    row = Decision(
        client=C,
        decision_id="t1-1",
        tick_id="t1",
        at=NOW - timedelta(days=1),
        account_day=(NOW - timedelta(days=1)).date(),
        agent="channel_mix",
        kind=action.kind,
        action_json=action_json(action),
        fingerprint=action.fingerprint,
        verdict=verdict,
        reasons_json="[]",
        policy_version=1,
        state="proposed",
        sentence="Raise Search.",
    )

    def write(conn):
        decisions.record(conn, C, [row])
        judged_on.keep(conn, C, "t1", world, 1, row.at)

    house.store.write(write)
    return action, world


def test_a_proven_tightening_is_published_by_its_author_at_once(house, who, v1):
    past(house)
    version = typed(house, who("priya"), v1, **{STEP: 20.0, WINDOW: 14})
    publish(house, who("priya"), version)
    assert in_force(house).version == version
    with house.store.read() as conn:
        row = ledger.entries(conn, who("priya"), C, limit=1)[0]
    assert "was published by its author, Priya Raman: a proven tightening." in row.sentence
    assert json.loads(row.detail_json)["proof"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({STEP: 50.0}, "“Size of one step: Largest single step” is looser"),
        ({STEP: 20.0, WINDOW: 3}, "“Movement in a window: Length of the window, days” is looser"),
        ({OWNER: "sam"}, "“A bound that was met: Owner” changes in a way"),
        ({"targets.cac": 300.0}, "No rule of the gate is known to get stricter"),
    ],
)
def test_anything_else_waits_for_a_second_person_and_the_field_is_named(
    house, who, v1, changes, said
):
    version = typed(house, who("priya"), v1, **changes)
    with pytest.raises(AskPerson, match="second person") as no:
        publish(house, who("priya"), version)
    assert said in str(no.value)
    assert in_force(house).version == v1
    publish(house, who("tom"), version)


def test_a_first_policy_is_never_a_tightening(house, who, text):
    version = policies.save_draft(house, who("priya"), NOW, C, text, ".json")
    with pytest.raises(AskPerson, match="Nothing is in force that it could tighten"):
        publish(house, who("priya"), version)


def test_an_unreadable_policy_in_force_is_not_tightened_by_anything(house, who, v1):
    version = typed(house, who("priya"), v1, **{STEP: 20.0})
    house.store.write(
        lambda conn: conn.exec_driver_sql(
            "update policies set body_json = '{}' where client_id = ? and version = ?", (C, v1)
        )
    )
    with pytest.raises(AskPerson, match="Nothing is in force that it could tighten"):
        publish(house, who("priya"), version)


def test_a_proven_tightening_still_takes_the_senior_right(house, who, v1):
    version = typed(house, who("maya"), v1, **{STEP: 20.0})
    with pytest.raises(AskPerson, match="strategist"):
        publish(house, who("maya"), version)
    assert in_force(house).version == v1


def test_a_tightening_is_bound_to_what_it_was_compared_with(house, who, v1):
    mine = typed(house, who("priya"), v1, **{STEP: 20.0})
    seal = policies.seal_of(house, who("priya"), C, mine)
    publish(house, who("tom"), typed(house, who("maya"), v1, **{STEP: 10.0}))
    with pytest.raises(AskPerson):
        policies.publish(house, who("priya"), NOW, C, mine, seal=seal)
    assert in_force(house).guardrails.step_size.max_share == 100_000


def test_the_agencys_values_take_a_second_person_whatever_their_direction(house, who, v1):
    from engine.commands.policies import Opened
    from policies.drafting.forms import policy_fields

    raws = dict.fromkeys(policy_fields()) | {STEP: 10.0}
    version = policies.save_typed(house, who("priya"), NOW, AGENCY, raws, Opened(0))
    with pytest.raises(AskPerson, match="second person") as no:
        publish(house, who("priya"), version, AGENCY)
    assert "nothing can be proved of them" in str(no.value)


def test_a_past_action_judged_again_says_what_the_gate_says(house, who, v1):
    action, world = past(house)
    with house.store.read() as conn:
        (act,) = judged_on.past(conn, C, NOW - timedelta(days=90), NOW)
    assert (act.action, act.standing) == (action, world)
    said = [judge(a, in_force(house), w) for a, w in ((act.action, act.standing), (action, world))]
    assert said[0].reasons == said[1].reasons


def test_what_was_judged_on_is_kept_once_a_pass(house, v1):
    world = standing(client=C)
    kept = [
        house.store.write(lambda conn: judged_on.keep(conn, C, "t9", world, 1, NOW))
        for _ in range(2)
    ]
    assert kept == [True, False]


def test_an_old_download_is_compared_with_the_version_it_was_made_from(house, who, v1):
    publish(house, who("priya"), typed(house, who("maya"), v1, **{WINDOW: 14}))
    data = file_of(house, v1, step=('max_share = "0.35"', 'max_share = "0.20"'))
    version = upload(house, who, data)
    assert stored(house, version).base_version == v1
    with pytest.raises(AskPerson, match=r"made on v1; v2 is in force now"):
        publish(house, who("priya"), version)
    found = policies.carry_over(house, who("maya"), NOW, C, version)
    publish(house, who("priya"), found.version)
    rails = in_force(house).guardrails
    assert (rails.movement.window_days, rails.step_size.max_share) == (14, 200_000)


def test_an_old_download_can_be_taken_as_it_stands(house, who, v1):
    publish(house, who("priya"), typed(house, who("maya"), v1, **{WINDOW: 14}))
    version = upload(house, who, file_of(house, v1, step=('"0.35"', '"0.20"')))
    kept = policies.as_it_stands(house, who("maya"), NOW, C, version)
    assert stored(house, version).state == "replaced"
    publish(house, who("priya"), kept)
    rails = in_force(house).guardrails
    assert (rails.movement.window_days, rails.step_size.max_share) == (7, 200_000)


def test_the_download_of_a_draft_counts_as_made_on_what_the_draft_was(house, who, v1):
    draft = typed(house, who("maya"), v1, **{WINDOW: 14})
    policies.discard(house, who("maya"), NOW, C, draft)
    version = upload(house, who, file_of(house, draft))
    assert stored(house, version).base_version == v1


def test_a_file_that_names_no_known_version_is_compared_with_the_one_in_force(house, who, v1):
    data = file_of(
        house, v1, number=("\nversion = 1\n", "\nversion = 70\n"), step=('"0.35"', '"0.2"')
    )
    version = upload(house, who, data)
    assert stored(house, version).base_version == v1
    publish(house, who("priya"), version)


def at_once(*acts):
    """Run them in threads that begin together; what each gave or raised."""
    gate, found = threading.Barrier(len(acts)), {}

    def run(number, act):
        gate.wait()
        try:
            found[number] = act()
        except Fault as no:
            found[number] = no

    threads = [threading.Thread(target=run, args=(n, a)) for n, a in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[n] for n in range(len(acts))]


def test_two_people_publish_one_draft_at_once_and_one_wins(house, who, v1):
    version = typed(house, who("maya"), v1, **{STEP: 20.0})
    seals = [(p, policies.seal_of(house, who(p), C, version)) for p in ("priya", "tom")]
    told = at_once(
        *(
            lambda p=p, seal=seal: policies.publish(house, who(p), NOW, C, version, seal=seal)
            for p, seal in seals
        )
    )
    assert sum(isinstance(t, Fault) for t in told) == 1
    assert in_force(house).version == version
    with house.store.read() as conn:
        states = [k.state for k in table.history(conn, C)]
    assert states.count("published") == 1


def test_two_drafts_published_at_once_never_both_come_into_force_unseen(house, who, v1):
    drafts = [typed(house, who("maya"), v1, **{STEP: value}) for value in (20.0, 25.0)]
    seals = [policies.seal_of(house, who("priya"), C, d) for d in drafts]
    told = at_once(
        *(
            lambda d=d, p=p, s=s: policies.publish(house, who(p), NOW, C, d, seal=s)
            for d, s, p in zip(drafts, seals, ("priya", "tom"), strict=True)
        )
    )
    assert sum(isinstance(t, AskPerson) for t in told) == 1
    with house.store.read() as conn:
        assert [k.state for k in table.history(conn, C)].count("published") == 1


def test_a_draft_that_was_replaced_is_not_published(house, who, v1):
    from policies.drafting.layers import leaves

    first = typed(house, who("maya"), v1, **{STEP: 20.0})
    seal = policies.seal_of(house, who("priya"), C, first)
    start = leaves(in_force(house)) | {STEP: "0.20"}
    typed(house, who("maya"), v1, draft=first, start=start, **{STEP: 90.0})
    with pytest.raises(BadInput, match=f"no draft v{first}"):
        policies.publish(house, who("priya"), NOW, C, first, seal=seal)
    assert in_force(house).version == v1
