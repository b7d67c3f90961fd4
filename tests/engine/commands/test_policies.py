"""Drafts and publication of a client's policy: by whom, on what, and what is refused."""

import json

import pytest

from engine.commands import policies
from engine.commands.policies import Mistakes, Opened, Seal
from engine.model.errors import AskPerson, BadInput
from engine.store import ledger
from engine.store import policies as table
from engine.store.passes import policy_in_force
from jobs import demo_opening
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.typed import shown
from policies.reading import policy_text
from tests.engine.commands.conftest import NOW

C = "northgate"
STEP = "guardrails.step_size.max_share"
WINDOW = "guardrails.movement.window_days"


def draft(house, scope, text):
    return policies.save_draft(house, scope, NOW, C, text, ".json")


def publish(house, scope, version, client=C):
    seal = policies.seal_of(house, scope, client, version)
    return policies.publish(house, scope, NOW, client, version, seal=seal)


def stored(house, version, client=C):
    with house.store.read() as conn:
        return table.version(conn, client, version)


def in_force(house):
    with house.store.read() as conn:
        return policy_in_force(conn, C)


def form(values, **changes):
    """What the form shows for these values, some typed anew (by the last two names of their path)."""
    raws = {p: shown(f, values.get(p)) for p, f in policy_fields().items()}
    return raws | {p.replace("__", "."): v for p, v in changes.items()}


def typed(house, scope, base, *, draft=None, start=None, **changes):
    values = start if start is not None else leaves(in_force(house))
    opened = Opened(base=base, draft=draft)
    return policies.save_typed(house, scope, NOW, C, form(values, **changes), opened)


def test_a_draft_is_not_in_force_until_a_second_senior_person_publishes_it(house, who, text):
    version = draft(house, who("tom"), text)
    assert in_force(house) is None
    with pytest.raises(AskPerson, match="second person"):
        publish(house, who("tom"), version)
    with pytest.raises(AskPerson, match="senior"):
        publish(house, who("sam"), version)
    assert in_force(house) is None
    publish(house, who("priya"), version)
    assert in_force(house).version == version


def test_a_policy_is_published_once(house, who, v1):
    seal = Seal("", None)
    with pytest.raises(BadInput, match="no draft"):
        policies.publish(house, who("priya"), NOW, C, v1, seal=seal)


def test_a_draft_that_cannot_be_read_is_refused_with_its_mistakes(house, who):
    with pytest.raises(Mistakes) as bad:
        draft(house, who("tom"), '{"client": "northgate"}')
    assert "currency: is missing" in str(bad.value)
    assert len(bad.value.mistakes) >= 3


def test_a_policy_of_another_client_is_refused(house, who, text):
    other = text.replace('"northgate"', '"alder"')
    with pytest.raises(BadInput, match="this client is northgate"):
        draft(house, who("tom"), other)


def test_what_is_typed_becomes_a_draft_on_the_version_in_force(house, who, v1):
    version = typed(house, who("maya"), v1, **{STEP: 20.0})
    kept = stored(house, version)
    assert (kept.state, kept.author, kept.base_version) == ("draft", "maya", v1)
    assert in_force(house).guardrails.step_size.max_share == 350_000
    publish(house, who("priya"), version)
    assert in_force(house).guardrails.step_size.max_share == 200_000
    assert stored(house, v1).state == "retired"


def test_mistakes_are_told_at_their_fields_and_keep_nothing(house, who, v1):
    with pytest.raises(Mistakes) as bad:
        typed(house, who("maya"), v1, **{STEP: 350.0, WINDOW: 0})
    assert {m.path for m in bad.value.mistakes} == {STEP, WINDOW}
    with pytest.raises(Mistakes) as bad:
        typed(house, who("maya"), v1, **{"guardrails.forbidden_words.phrases": "no reason here"})
    assert bad.value.mistakes[0].block == "guardrails.forbidden_words"
    with house.store.read() as conn:
        assert len(table.history(conn, C)) == 1


def test_a_form_that_changes_nothing_makes_no_draft(house, who, v1):
    with pytest.raises(BadInput, match="Nothing differs"):
        typed(house, who("maya"), v1)
    version = typed(house, who("maya"), v1, **{WINDOW: 14})
    start = leaves(in_force(house)) | {WINDOW: 14}
    with pytest.raises(BadInput, match="Nothing was changed"):
        typed(house, who("maya"), v1, draft=version, start=start)


def test_a_draft_edited_further_is_a_new_one_in_its_place_and_none_of_its_authors_publishes_it(
    house, who, v1
):
    first = typed(house, who("tom"), v1, **{WINDOW: 14})
    start = leaves(in_force(house)) | {WINDOW: 14}
    second = typed(house, who("maya"), v1, draft=first, start=start, **{STEP: 50.0})
    assert stored(house, first).state == "replaced"
    assert stored(house, second).replaces == first
    with pytest.raises(AskPerson, match="second person"):
        publish(house, who("tom"), second)
    publish(house, who("priya"), second)
    assert in_force(house).guardrails.movement.window_days == 14


def test_publishing_is_bound_to_the_draft_that_was_seen(house, who, v1):
    version = typed(house, who("maya"), v1, **{WINDOW: 14})
    seal = policies.seal_of(house, who("priya"), C, version)
    body = stored(house, version).body_json.replace('"window_days": 14', '"window_days": 1')
    house.store.write(
        lambda conn: conn.exec_driver_sql(
            "update policies set body_json = ? where client_id = ? and version = ?",
            (body, C, version),
        )
    )
    with pytest.raises(AskPerson, match="changed after you opened it"):
        policies.publish(house, who("priya"), NOW, C, version, seal=seal)
    assert in_force(house).version == v1


def test_publishing_is_bound_to_the_version_it_was_compared_with(house, who, v1):
    one = typed(house, who("maya"), v1, **{WINDOW: 14})
    other = typed(house, who("maya"), v1, **{STEP: 20.0})
    seal = policies.seal_of(house, who("priya"), C, one)
    publish(house, who("priya"), other)
    with pytest.raises(AskPerson, match=f"v{other} was published after you opened this page"):
        policies.publish(house, who("priya"), NOW, C, one, seal=seal)
    with pytest.raises(AskPerson, match=r"made on v1; v3 is in force now\. Carry"):
        publish(house, who("priya"), one)


def test_a_draft_made_on_an_older_version_is_carried_over_and_says_where_the_two_met(
    house, who, v1
):
    old = typed(house, who("maya"), v1, **{WINDOW: 14, STEP: 20.0})
    other = typed(house, who("tom"), v1, **{STEP: 30.0, "guardrails.pausing.max_per_day": 3})
    publish(house, who("priya"), other)
    found = policies.carry_over(house, who("maya"), NOW, C, old)
    assert found.met == ("Largest single step",)
    assert stored(house, old).state == "replaced"
    publish(house, who("priya"), found.version)
    rails = in_force(house).guardrails
    assert rails.movement.window_days == 14
    assert rails.step_size.max_share == 200_000
    assert rails.pausing.max_per_day == 3


def test_a_draft_is_discarded_by_its_author_or_a_senior_person_only(house, who, v1):
    mine = typed(house, who("tom"), v1, **{WINDOW: 14})
    with pytest.raises(AskPerson, match="who wrote it"):
        policies.discard(house, who("maya"), NOW, C, mine)
    policies.discard(house, who("tom"), NOW, C, mine)
    assert stored(house, mine).state == "discarded"
    hers = typed(house, who("maya"), v1, **{WINDOW: 14})
    policies.discard(house, who("priya"), NOW, C, hers)
    with pytest.raises(BadInput, match="no draft"):
        publish(house, who("priya"), hers)


def test_rolling_back_is_a_draft_with_exactly_the_earlier_values(house, who, v1):
    publish(house, who("priya"), typed(house, who("maya"), v1, **{WINDOW: 14}))
    back = policies.draft_from(house, who("maya"), NOW, C, v1)
    with pytest.raises(AskPerson, match="senior"):
        publish(house, who("sam"), back)
    publish(house, who("priya"), back)
    assert leaves(in_force(house))[WINDOW] == 7
    with pytest.raises(BadInput, match="no earlier version"):
        policies.draft_from(house, who("maya"), NOW, C, back)


def test_the_ledger_keeps_the_diff_of_what_was_published(house, who, v1):
    publish(house, who("priya"), typed(house, who("maya"), v1, **{WINDOW: 14}))
    with house.store.read() as conn:
        row = ledger.entries(conn, who("priya"), C, limit=1)[0]
    assert row.sentence == "Policy v2 was published by Priya Raman."
    detail = json.loads(row.detail_json)
    assert detail["diff"] == [{"path": WINDOW, "before": 7, "after": 14, "direction": "tighter"}]
    assert detail["Movement in a window: Length of the window, days"] == "7 → 14 (tighter)"


def test_a_file_is_taken_as_a_draft_and_every_fault_of_it_is_a_sentence(house, who, v1, data):
    changed = demo_opening._preset(data)
    toml = policy_text(changed, ".toml").replace("window_days = 7", "window_days = 21")
    version = policies.save_upload(
        house, who("maya"), NOW, C, "policy.TOML", b"\xef\xbb\xbf" + toml.encode()
    )
    assert (
        json.loads(stored(house, version).body_json)["guardrails"]["movement"]["window_days"] == 21
    )
    for name, content, said in [
        ("policy.toml", b"\xff\xfe", "not text in UTF-8"),
        ("policy.xlsx", b"x", 'ends in ".toml" or ".json"'),
        ("policy.toml", b"x" * 1_000_001, "1,000,000 bytes"),
        ("policy.json", b"[1", "not valid JSON"),
    ]:
        with pytest.raises(BadInput, match=said):
            policies.save_upload(house, who("maya"), NOW, C, name, content)


def test_a_preset_is_a_place_to_start_from(house, who, data):
    start = leaves(demo_opening._preset(data))
    opened = Opened(base=0, preset="b2b_services")
    version = policies.save_typed(house, who("maya"), NOW, C, form(start), opened)
    assert stored(house, version).base_version == 0
    publish(house, who("priya"), version)
    assert leaves(in_force(house)) == start


def test_two_first_drafts_cannot_both_be_published_unseen(house, who, text):
    one, other = draft(house, who("tom"), text), draft(house, who("maya"), text)
    publish(house, who("priya"), one)
    with pytest.raises(AskPerson, match="before any was in force"):
        publish(house, who("priya"), other)


def test_admins_read_and_do_not_write(house, who, v1):
    with pytest.raises(AskPerson, match="This takes a strategist or team"):
        typed(house, who("sam"), v1, **{WINDOW: 14})
    with pytest.raises(AskPerson, match="not one of yours"):
        typed(house, who("stranger"), v1, **{WINDOW: 14})
